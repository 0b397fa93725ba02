namespace LoraGen.Generator.Tests.Counting;

/// <summary>Counts that no argument changes: each constant against the adapter of the model itself.</summary>
public sealed class ConstantCountTests
{
    private const string Members = """
        private const int Width = 6;
        private const double Ratio = 2.5;
        private long planes = 4;

        private static Linear Proj(int a, long b = 3) => Linear(a, b);
        private static int Steps(int n) { var steps = 0; while (n > 1) { n /= 2; steps++; } return steps; }
        private void Late(int width) => register_module($"late_{width}", Linear(width, 2));
        private Linear Next() { planes++; return Linear(planes, 2); }
        private Sequential MakeLayer(int width, int depth)
        {
            var layers = new List<Module<Tensor, Tensor>> { ReLU() };
            for (var i = 0; i < depth; i++)
                layers.Add(new Block(width + i));
            return Sequential(layers);
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("second = Linear(Width, 2 * Width + 1, hasBias: Width > 5);")]
    [InlineData("second = Linear(Width / 4, 7 % 4); third = Linear((int)(Width * Ratio), (int)(-7 / 2 + 9L));")]
    [InlineData("var half = Width / 2; long more = half; more += 2; more <<= 1; second = Linear(half, more);")]
    [InlineData("second = Linear((long)((Width > 5 ? 1 : 2.5) / 2 * 8), (long)(Width / 4 * 2.0));")]
    [InlineData("second = Linear(Math.Max(Width, 9), Math.Min(3, 4L)); third = Linear((int)Math.Ceiling(Width / 4.0), (int)Math.Sqrt(49));")]
    [InlineData("float part = 1f / 3; second = Linear((int)(part * 9), (int)(0.1f * 30));")]
    [InlineData("int? inner = null; second = Linear(inner ?? 4 * Width, 2);")]
    [InlineData("for (var i = 0; i < 3; i++) { if (i % 2 == 0) blocks.Add(new Block(i + 1)); else blocks.Add(new Block(Width, factor: i)); }")]
    [InlineData("for (int i = 4; i > 0; i -= 2) for (var j = 0; j < i; ++j) blocks.Add(new Block(i * (j + 1)));")]
    [InlineData("foreach (var i in Enumerable.Range(1, 3)) { blocks.Add(new Block(i)); }")]
    [InlineData("third = Sequential((\"up\", Linear(4, Width)), (\"act\", Dropout(0.1)), (\"down\", Linear(8, 4, false)));")]
    [InlineData("third = Sequential(Conv2d(4, 6, (3, 5), groups: 2), Conv1d(1, 2, 3)); second = Linear(1, 1);")]
    [InlineData("third = LayerNorm(new long[] { 3, Width });")]
    [InlineData("second = Linear(4, 3); first.weight = second.weight;")]
    [InlineData("register_parameter(\"free\", Parameter(torch.ones(3, Width))); register_module(\"late\", Linear(4, 5));")]
    [InlineData("size = (1 << 3) | (6 & 3) ^ 5; second = Linear(size, ~(-4));")]
    [InlineData("var width = Width + 1; if (width is > 3 and not 8 || width < 0) second = Linear(2, 3);")]
    [InlineData("second = Proj(Width, Steps(9)); third = MakeLayer(2, 3); Late(5);")]
    [InlineData("int Twice(int a) => a * Width; third = Proj(Twice(2));")]
    [InlineData("second = Linear(Width switch { < 3 => 1, 6 or 7 => 2, _ => 3 }, Width switch { 5 => 4L, _ => 9 });")]
    [InlineData("var width = Width; switch (width) { case 5: second = Linear(1, 1); break; case > 5 and < 9: second = Linear(2, 3); break; default: return; }")]
    [InlineData("int[] widths = [64, Width]; foreach (var width in widths) blocks.Add(new Block(width)); var width2 = 1; do { width2 *= 3; if (width2 > 20) break; } while (true); second = Linear(width2, widths.Length);")]
    [InlineData("var layers = new Module<Tensor, Tensor>[3]; for (var i = 0; i < 3; i++) layers[i] = Linear(i + 1, 2); third = Sequential(layers); register_module($\"x{Width}\", layers[1]);")]
    [InlineData("var (a, b) = (Width, Width + 1); third = Sequential((\"conv\" + a, Linear(a, b)), ($\"fc{b}\", Linear(b, 1)));")]
    [InlineData("register_module(\"dict\", ModuleDict((\"a\", Linear(1, 2)), (\"b\", Linear(2, 2))));")]
    [InlineData("for (int i = 0, width = 2; i < 3; i++, width *= 2) blocks.Add(new Block(width));")]
    [InlineData("second = Next(); third = Next();")]
    [InlineData("var day = DayOfWeek.Friday; second = Linear((int)day, day switch { DayOfWeek.Monday => 1, DayOfWeek.Friday => 7L, _ => 3 });")]
    [InlineData("third = new Chosen(DayOfWeek.Friday);")]
    public void Constructor(string body) => CountedModel.AgreesByConstants(Source(body));

    [Theory]
    [InlineData("second = Linear(Config.Shared, 2);")]
    [InlineData("second = Linear((int)Math.Pow(2, 3), 2);")]
    [InlineData("long many = 0; for (var i = 0; i < 400_000; i++) { many = i; } second = Linear(many % 7 + 1, 2);")]
    [InlineData("int big = 2147483646; for (var i = 0; i < 3; i++) big += 1; second = Linear(Math.Abs(big % 3) + 5, 2);")]
    [InlineData("second = Linear(Config.Shared > 3 ? 2 : throw new ArgumentException(\"narrow\"), 1);")]
    public void NoConstant(string body) => CountedModel.AgreesWithoutConstants(Source(body));

    // What the types of a branch that is not taken do to the branch that is.
    [Theory]
    [InlineData("var x = Width > 5 ? 7 : 2L; second = Linear((long)(x / 2), 1);")]
    [InlineData("var x = Width > 5 ? 7 : 2f; second = Linear((long)(x / 2 * 4), 1);")]
    [InlineData("var x = (Width > 5 ? 7 : 2.0) / 2; x = Width; second = Linear((long)(x / 4 * 4), 1);")]
    [InlineData("double x = 7; long y = 3; y = Width; x = y / 4; second = Linear((long)(x * 4), 1);")]
    public void TypesOfBranches(string body) => CountedModel.AgreesByConstants(Source(body));

    [Theory]
    [InlineData("[Trainable] private readonly LayerNorm norm = LayerNorm(7);")]
    [InlineData("[LoraIgnore] private readonly Linear ignored = Linear(8, 8);")]
    [InlineData("[Lora(Rank = 1, Bias = LoraBias.LoraOnly)] private readonly Block strong = new(4);")]
    [InlineData("[Lora(Rank = 3)] private readonly Embedding table = Embedding(9, 4);")]
    [InlineData("private readonly ModuleList<Block> more = new(Enumerable.Range(0, 2).Select(i => new Block(i + 1)).ToArray());")]
    [InlineData("private readonly ModuleList<Linear> more = nn.ModuleList(Linear(1, 2), Linear(3, 4));")]
    [InlineData("private readonly Parameter weight = new(torch.randn(3, Config.Fixed)); private readonly Tensor buffer = torch.arange(9);")]
    [InlineData("private readonly Sequential body = Sequential((\"in\", Linear(1, 2)), (\"out\", Sequential(Linear(2, 2), ReLU())));")]
    public void Member(string member) => CountedModel.AgreesByConstants(CountedModel.WithConstructor(string.Empty, "config = new Config();", member));

    [Theory]
    [InlineData("Bias = LoraBias.All")]
    [InlineData("Bias = LoraBias.LoraOnly, RankStabilized = true, InitA = LoraInit.Gaussian, Dropout = 0.1, Alpha = 32")]
    [InlineData("Targets = [\"first\", \"blocks.*.fc\"], Exclude = [\"*.1.fc\"]")]
    [InlineData("Layers = \"1..\"")]
    [InlineData("Rank = 400, Reparametrize = true, AllowUnreached = true, MaxTrainableParameters = 100_000")]
    public void Option(string options)
    {
        const string Body = "config = new Config(); for (var i = 0; i < 3; i++) blocks.Add(new Block(4 + i));";
        CountedModel.AgreesByConstants(CountedModel.WithConstructor(string.Empty, Body).Replace("[Lora(Rank = 2)]", $"[Lora({options})]"));
    }

    [Fact]
    public void ConstructorsThatMakeTheSame()
    {
        CountedModel.AgreesByConstants(Source("second = Linear(2, 3);").Replace(
            "public Model() : base(\"Model\")", "public Model(bool isLoud) : this() { }\n    public Model() : base(\"Model\")"));
    }

    // Each has its table, but no constant speaks for both.
    [Fact]
    public void ConstructorsThatDiffer()
    {
        var source = Source("second = Linear(2, 3);").Replace(
            "public Model() : base(\"Model\")", "public Model(bool isLoud) : base(\"Model\") { config = new(); RegisterComponents(); }\n    public Model() : base(\"Model\")");
        CountedModel.AgreesWithoutConstants(source);
        Assert.Equal(2, CountedModel.Generate(source)["Model.Lora.g.cs"].Split("<list type=\"table\">").Length - 1);
    }

    [Fact]
    public void AConstructorThatNobodyElseSees()
    {
        CountedModel.AgreesWithoutConstants(Source("second = Linear(2, 3);").Replace(
            "public Model() : base(\"Model\")", "private Model(int width) : this() { third = Linear(width, width); }\n    public Model() : base(\"Model\")"));
    }

    // Attaching would throw, so there is nothing to tell.
    [Fact]
    public void AnAdapterThatCantBeAttached()
    {
        var source = Source("third = Conv2d(4, 6, 3, groups: 2);").Replace("[Lora(Rank = 2)]", "[Lora(Rank = 3, Targets = [\"third\"])]");
        var text = CountedModel.Generate(source)["Model.Lora.g.cs"];
        Assert.Contains("ParameterCount Count()", text);
        Assert.DoesNotContain("const long", text);
    }

    // The guide's example.
    [Fact]
    public void NumbersByHand()
    {
        var text = CountedModel.Generate("""
            [Lora(Rank = 4)]
            internal sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear up = Linear(784, 128), down = Linear(128, 10);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => down.forward(up.forward(x).relu());
            }
            """)["Model.Lora.g.cs"];
        Assert.Contains("public const long TrainableParameterCount = 4200;", text);
        Assert.Contains("public const long TotalParameterCount = 105970;", text);
        Assert.Contains("/// Trains 4,200 of 105,970 parameters.\n", text);
        Assert.Contains("<item><term><c>up</c></term><description>3,648</description></item>", text);
    }

    private static string Source(string body) => CountedModel.WithConstructor(string.Empty, "config = new Config(); " + body, Members) + """

        internal sealed class Chosen : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Chosen(DayOfWeek day, DayOfWeek other = DayOfWeek.Monday) : base("Chosen")
            {
                fc = day is DayOfWeek.Friday or DayOfWeek.Sunday && other == DayOfWeek.Monday ? Linear(2, 3) : Linear(4, 5);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;
}
