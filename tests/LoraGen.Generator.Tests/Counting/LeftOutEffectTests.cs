namespace LoraGen.Generator.Tests.Counting;

/// <summary>What no size hangs on is not repeated, but only where nothing else changes by it: a configuration, a list, a field, a counter.</summary>
public sealed class LeftOutEffectTests
{
    private const string Members = """
        private int planes = 3;

        private int Effect() { planes = 8; return 3; }
        private ScalarType Typed() { planes = 8; return ScalarType.Float32; }
        private static int Cut(List<int> sizes) { sizes[0] = 8; return 3; }
        private static Linear Partly(int width, int unused) => Linear(width, 3);
        """;

    [Theory]
    [InlineData("var x = config.Bump(); second = Linear(config.Width, 2);", "config.Bump()")]
    [InlineData("var x = this.config.Bump().ToString(); second = Linear(config.Width, 2);", "this.config.Bump().ToString()")]
    [InlineData("var x = config.Nested?.Bump(); second = Linear(config.Width, 2);", "config.Nested?.Bump()")]
    [InlineData("var x = Mutable.Bump(config).ToString(); second = Linear(config.Width, 2);", "Mutable.Bump(config).ToString()")]
    [InlineData("var x = new Widener(config).Width; second = Linear(config.Width, 2);", "new Widener(config).Width")]
    [InlineData("Console.WriteLine(config.Bump()); second = Linear(config.Width, 2);", "Console.WriteLine(config.Bump())")]
    [InlineData("if (config.Bump() < 0) throw new ArgumentException(); second = Linear(config.Width, 2);", "config.Bump()")]
    [InlineData("second = Partly(3, config.Bump()); third = Linear(config.Width, 2);", "config.Bump()")]
    [InlineData("var x = config.Depths.Remove(1); second = Linear(config.Depths.Count, 2);", "config.Depths.Remove(1)")]
    [InlineData("var x = Cut(config.Depths); second = Linear(config.Depths[0], 2);", "Cut(config.Depths)")]
    [InlineData("second = Linear(3, 3, dtype: Typed()); third = Linear(planes, 2);", "Typed()")]
    [InlineData("third = Sequential(Linear(3, 3), Dropout(Effect())); second = Linear(planes, 2);", "Effect()")]
    [InlineData("var n = 3; third = Sequential(Linear(3, 3), Dropout(n++)); second = Linear(n, 2);", "n++")]
    [InlineData("var n = 3; third = LayerNorm(3, n = 5); second = Linear(n, 2);", "n = 5")]
    [InlineData("var n = 3; register_buffer(\"x\", torch.zeros(n++)); second = Linear(n, 2);", "register_buffer(\"x\", torch.zeros(n++))")]
    [InlineData("train(Effect() > 2); second = Linear(planes, 2);", "train(Effect() > 2)")]
    [InlineData("weight = Parameter(torch.zeros(3, 4, dtype: Typed())); second = Linear(planes, 2);", "Typed()")]
    [InlineData("weight = Parameter(torch.zeros(3, 4), Effect() > 2); second = Linear(planes, 2);", "Effect() > 2")]
    [InlineData("second = Linear(3, 2).to(Typed()); third = Linear(planes, 2);", "Typed()")]
    [InlineData("buffer = torch.zeros(Effect()); third = Linear(planes, 2);", "torch.zeros(Effect())")]
    [InlineData("second = Linear(Mutable.Next, 2); third = Linear(Mutable.Next, 2);", "Mutable.Next")]
    public void Refused(string body, string told) => CountedModel.IsUncounted(Source(body), $"Model: {told} can't be told from the source");

    [Theory]
    [InlineData("if (string.IsNullOrEmpty(config.Kind) || config.Sizes.Contains(99)) throw new ArgumentException(); second = Linear(config.Width, 2);")]
    [InlineData("ArgumentNullException.ThrowIfNull(config); Console.WriteLine($\"{config}\"); second = Linear(config.Width, 2);")]
    [InlineData("var x = config.Double().ToString(); second = Linear(config.Width, 2, device: first.weight.device, dtype: first.weight.dtype);")]
    [InlineData("var place = cuda.is_available() ? CUDA : CPU; var sizes = torch.tensor(config.Sizes); second = Linear(2, 2, device: place);")]
    [InlineData("register_buffer(\"x\", torch.zeros(config.Width).to(float32)); buffer = torch.zeros(config.Width); second = Linear(2, 2);")]
    public void Left_out(string body) => CountedModel.Agrees(Source(body));

    private static string Source(string body) => CountedModel.WithConstructor(
        "Config config", "this.config = config; " + body, Members + "private Parameter? weight; private Tensor? buffer;") + """

        internal static class Mutable
        {
            private static int next = 3;

            public static int Next => next++;

            public static int Bump(this Config config) => config.Width = 9;
        }

        internal sealed class Widener
        {
            public Widener(Config config) => config.Width = 9;

            public int Width => 3;
        }
        """;
}
