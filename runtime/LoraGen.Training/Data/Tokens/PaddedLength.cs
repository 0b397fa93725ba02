namespace LoraGen.Training.Tokens;

internal static class PaddedLength
{
    /// <summary>The next multiple, but not more than the largest length.</summary>
    public static int Of(int longest, PaddedBatchOptions options)
    {
        var multiple = (longest + options.PadToMultipleOf - 1) / options.PadToMultipleOf * options.PadToMultipleOf;
        return Math.Clamp(multiple, longest, options.MaxLength);
    }
}
