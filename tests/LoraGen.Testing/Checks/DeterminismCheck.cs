using System.Globalization;

namespace LoraGen.Testing;

/// <summary>A second driver that knows nothing of the first gives the same text, under a culture that writes numbers and dates as no C# file may.</summary>
internal static class DeterminismCheck
{
    public static void Verify(GeneratorOutcome outcome)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Foreign();
        try
        {
            var again = GeneratorOutcome.Cold(outcome.Run);
            if (TextDifference.Between(outcome.Sources, again.Sources) is { } difference)
                throw new HarnessException("A fresh driver under a foreign culture gave another text. Either the text depends on the current culture "
                    + $"(use the invariant one) or on the order of a hash table, the time or shared state: {difference}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // The culture is created here, because globalization is invariant and the machine may have no other culture.
    private static CultureInfo Foreign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        return culture;
    }
}
