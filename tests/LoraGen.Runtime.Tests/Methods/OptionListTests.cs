using System.Globalization;
using LoraGen.Formats;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>Lists among the options of a method: their text in files, and their comparison.</summary>
public sealed class OptionListTests
{
    public static TheoryData<AdapterMethod, string> Texts => new()
    {
        { new BottleneckMethod { WidthOf = ["odd.down", "mlp.up"] }, "WidthOf = [\"odd.down\", \"mlp.up\"]" },
        { new BottleneckMethod(), "WidthOf = []" },
        { new TrainableTokensMethod { Tokens = new List<int> { 3, 17 } }, "Tokens = [3, 17]" },
        { new Ia3Method { FeedForward = ["a\"b", @"c\d"] }, @"FeedForward = [""a\""b"", ""c\\d""]" },
        { new ListedMethod { Factors = [0.5, -2] }, "Factors = [0.5, -2]" },
    };

    [Theory, MemberData(nameof(Texts))]
    public void The_text_of_a_method_has_the_entries(AdapterMethod method, string expected)
    {
        var culture = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Contains(expected, method.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Methods_with_the_same_entries_are_equal()
    {
        Same(new TrainableTokensMethod { Tokens = [3, 17] }, new TrainableTokensMethod { Tokens = new List<int> { 3, 17 } });
        Same(new Ia3Method { FeedForward = ["up"] }, new Ia3Method { FeedForward = new List<string> { "up" } });
        Same(new BottleneckMethod(), new BottleneckMethod { WidthOf = new List<string>() });
        Same(new BaseQuantization(Quantization.Nf4), new BaseQuantization(Quantization.Nf4) { Exclude = ["lm_head"] });
        Assert.NotEqual(new TrainableTokensMethod { Tokens = [3, 17] }, new TrainableTokensMethod { Tokens = [17, 3] });
        Assert.NotEqual(new BaseQuantization(Quantization.Nf4), new BaseQuantization(Quantization.Nf4) { Targets = ["up"] });

        static void Same<T>(T one, T other)
            where T : notnull
        {
            Assert.Equal(one, other);
            Assert.Equal(one.GetHashCode(), other.GetHashCode());
        }
    }

    [Fact]
    public void An_option_keeps_its_entries_when_the_list_changes()
    {
        var names = new List<string> { "up" };
        var method = new Ia3Method { FeedForward = names };
        names.Add("down");
        Assert.Equal(["up"], method.FeedForward);
    }

    [Fact]
    public void An_option_that_is_null_is_named()
    {
        Named("FeedForward", () => new Ia3Method { FeedForward = null! });
        Named("WidthOf", () => new BottleneckMethod { WidthOf = null! });
        Named("Tokens", () => new TrainableTokensMethod { Tokens = null! });
        Named("Targets", () => new BaseQuantization(Quantization.Nf4) { Targets = null! });
        Named("Exclude", () => new BaseQuantization(Quantization.Nf4) { Exclude = null! });

        static void Named(string option, Func<object> create)
        {
            var error = Assert.Throws<ArgumentNullException>(option, create);
            Assert.StartsWith($"{option} is null.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_of_a_bottleneck_of_other_layers_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new Branched());
        using (var adapter = model.AttachWidthBottleneck())
            adapter.Save(folder.Path);

        var text = PeftConfig.Read(folder["width/adapter_config.json"]).Text("loragen_method");
        Assert.Contains("WidthOf = [\"odd.down\"]", text, StringComparison.Ordinal);
        using (model.AttachWidthBottleneckFrom(folder.Path))
        {
            // With the same option it is loaded.
        }

        var path = folder["width/adapter_config.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("odd.down", "odd.up", StringComparison.Ordinal));
        var error = Assert.Throws<InvalidDataException>(() => model.AttachWidthBottleneckFrom(folder.Path));
        Assert.Contains("WidthOf = [\"odd.up\"]", error.Message, StringComparison.Ordinal);
        Assert.Contains("WidthOf = [\"odd.down\"]", error.Message, StringComparison.Ordinal);
    }

    private sealed record ListedMethod : AdapterMethod
    {
        public OptionList<double> Factors { get; init; } = [];

        protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [];

        protected internal override void Start(Site site)
        {
            // It declares no parameters.
        }
    }
}
