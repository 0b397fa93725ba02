namespace TorchSharp.Modules;

/// <summary>How an <see cref="Embedding"/> looks its rows up; the padding index counts from the start.</summary>
internal sealed record EmbeddingOptions(long? PaddingIndex, double? MaxNorm, double NormType, bool ScaleGradByFreq, bool Sparse)
{
    public static EmbeddingOptions Of(long rows, long? paddingIndex, double? maxNorm, double normType, bool scaleGradByFreq, bool sparse)
    {
        if (paddingIndex < -rows || paddingIndex >= rows)
            throw new ArgumentOutOfRangeException(nameof(paddingIndex), paddingIndex, $"padding_idx must name one of the {rows} rows of the embedding.");

        return new(paddingIndex < 0 ? paddingIndex + rows : paddingIndex, maxNorm, normType, scaleGradByFreq, sparse);
    }
}
