namespace TorchSharp;

public static partial class torch
{
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    /// <summary>libtorch's name of the mode; null for none.</summary>
    private static string? Mode(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
}
