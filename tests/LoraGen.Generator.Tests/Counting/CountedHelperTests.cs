namespace LoraGen.Generator.Tests.Counting;

/// <summary>Objects that are no modules, made beside them: whether they may change the configuration that sizes hang on.</summary>
public sealed class CountedHelperTests
{
    [Theory]
    [InlineData("public Helper(Config config) { kept = config; var table = new float[config.Width]; for (var i = 0; i < config.Width; i++) table[i] = MathF.Pow(2, -i); }")]
    [InlineData("public Helper(Config config) { ArgumentNullException.ThrowIfNull(config); this.kept = config; size = Math.Max(config.Width, config.Sizes[0]); }")]
    [InlineData("public Helper(Config config) : this(config.Width) { kept = config ?? throw new ArgumentNullException(nameof(config)); }")]
    [InlineData("public Helper(Config config) => size = config.Width * 2;")]
    [InlineData("public Helper(Config config) { foreach (var each in config.Sizes) size += each; var inner = config?.Inner ?? 3; size = inner; }")]
    public void Looks(string constructor) => CountedModel.Agrees(Source(constructor));

    [Theory]
    [InlineData("public Helper(Config config) { config.Width = 9; }")]
    [InlineData("public Helper(Config config) { kept = config; kept.Width++; }")]
    [InlineData("public Helper(Config config) { var other = config; other.Width = 9; }")]
    [InlineData("public Helper(Config config) { Change(config); }")]
    [InlineData("public Helper(Config config) { kept = config; Change(); }")]
    [InlineData("public Helper(Config config) { config.Sizes[1] = 9; }")]
    [InlineData("public Helper(Config config) { Array.Reverse(config.Sizes); }")]
    [InlineData("public Helper(Config config) { Kept = config; }")]
    [InlineData("public Helper(Config config) { (config.Width, size) = (9, 9); }")]
    [InlineData("public Helper(Config config) { Config other; other = config; Writer.Write(other); }")]
    [InlineData("public Helper(Config config) { var other = config?.Nested ?? config; Writer.Write(other!); }")]
    [InlineData("public Helper(Config config) { var other = config as object; Writer.Write((Config)other); }")]
    [InlineData("public Helper(Config config) { foreach (var each in new[] { config }) Writer.Write(each); }")]
    [InlineData("public Helper(Config config) { if (config is { } same) Writer.Write(same); }")]
    [InlineData("public Helper(Config config) { new Writer { Target = config }.Write(); }")]
    [InlineData("public Helper(Config config, string? text) { Writer.Write(config); } public Helper(Config other, bool config) { kept = other; size = config ? 1 : 0; } public Helper(Config config) : this(config, (string?)null) { }")]
    public void MayChange(string constructor)
    {
        CountedModel.IsUncounted(Source(constructor), "Model: new Helper(config) can't be told from the source");
    }

    // Nothing in it can be set, so nobody can change it.
    [Fact]
    public void What_never_changes_may_be_given_away()
    {
        CountedModel.Agrees(CountedModel.WithConstructor("Config config, Fixed? given = null", """
            this.config = config;
            helper = new Opaque(given ?? new Fixed(3, [1]), new Sized(4));
            second = Linear(config.Width, 3);
            """, "private readonly Opaque helper; public object Helped => helper;") + """

            internal sealed record Fixed(int Width, System.Collections.Immutable.ImmutableArray<int> Sizes);

            internal readonly record struct Sized(int Width);

            internal sealed class Opaque(Fixed given, Sized sized)
            {
                public string Text { get; } = Show(given) + Show(sized);

                private static string Show(object shown) => shown.ToString() ?? "";
            }
            """);
    }

    private static string Source(string constructor) => CountedModel.WithConstructor("Config config", """
        this.config = config;
        helper = new Helper(config);
        second = Linear(config.Width, config.Sizes[1]);
        """, "private readonly Helper helper; public object Helped => helper;") + $$"""

        internal sealed class Helper
        {
            private Config? kept;
            private int size;

            public Helper(int width) => size = width;

            {{constructor}}

            private Config Kept { get => kept!; set { kept = value; kept.Width = 9; } }

            public override string ToString() => $"{kept}{size}{Kept}";

            private static void Change(Config config) => config.Width = 9;

            private void Change() => kept!.Width = 9;
        }

        internal sealed class Writer
        {
            public Config? Target { get; init; }

            public static void Write(Config config) => config.Width = 9;

            public void Write() => Target!.Width = 9;
        }
        """;
}
