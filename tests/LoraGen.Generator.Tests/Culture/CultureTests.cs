using System.Globalization;
using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Culture;

/// <summary>The text is the same wherever it is generated.</summary>
public sealed class CultureTests
{
    private const string Source = """
        [Lora(Rank = 12, Alpha = 0.5, Dropout = 0.125, Name = "i")]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear i_i = Linear(10000, 20000);
            [Lora(Rank = -3, Alpha = -1234567.5)] private readonly Linear ı = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => ı.forward(i_i.forward(x));
        }
        """;

    [Theory]
    [InlineData(",", ".")] // de-DE, tr-TR
    [InlineData("٫", "٬")] // fa-IR
    public void Numbers(string decimalPoint, string groupSeparator)
    {
        var expected = Generate(CultureInfo.InvariantCulture);
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = decimalPoint;
        culture.NumberFormat.NumberGroupSeparator = groupSeparator;
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.NumberGroupSizes = [2];

        Assert.Equal(expected.Sources, Generate(culture).Sources);
        Assert.Contains("360,000 parameters", expected["Model.ILora.g.cs"]);
        Assert.Contains("with { Rank = -3, Alpha = -1234567.5 }", expected["LoraGen.Members.g.cs"]);
        Assert.Contains("LoraSite II =>", expected["Model.ILora.g.cs"]);
    }

    private static GeneratorOutcome Generate(CultureInfo culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return TestProject.Generate(Source);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
