using System.Globalization;
using LoraGen.Generator.Tests.EditScripts;
using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Culture;

/// <summary>All that is generated for the corpus is the same where numbers, and the case of letters, are written otherwise.</summary>
public sealed class CorpusCultureTests
{
    // Without the cultures' data only the numbers can be foreign; CultureSensitiveCallTests looks after the letters then.
    private static readonly bool HasCultures = !(AppContext.TryGetSwitch("System.Globalization.Invariant", out var isInvariant) && isInvariant);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Text_is_the_same(string name)
    {
        var expected = Generate(CultureInfo.InvariantCulture);
        var culture = Foreign(name);

        Assert.Equal("-1.234,5", (-1234.5).ToString("N1", culture));
        Assert.Equal(HasCultures && name == "tr-TR" ? "İ" : "I", "i".ToUpper(culture));
        Assert.Equal(21, expected.Sources.Count);
        Assert.Equal(expected.Sources, Generate(culture).Sources);
    }

    private static CultureInfo Foreign(string name)
    {
        if (HasCultures)
            return CultureInfo.GetCultureInfo(name);

        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }

    private static GeneratorOutcome Generate(CultureInfo culture)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return Corpus.Project.Without(Checks.All).Run();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
