namespace LoraGen.Formats;

/// <summary>How an adapter is loaded.</summary>
/// <param name="AllowNonFinite">Whether weights may be NaN or infinite.</param>
/// <param name="AllowOtherBase">Whether the base model may have other parameters than the one with which the adapter was saved.</param>
/// <param name="Progress">The progress.</param>
internal sealed record PeftLoading(bool AllowNonFinite, bool AllowOtherBase, FileProgress Progress);
