using System.ComponentModel;
using TorchSharp.Modules;

namespace LoraGen;

/// <content>The groups of LoRA+.</content>
public abstract partial class AdapterBase
{
    private const string Up = ".lora_B";

    /// <inheritdoc cref="IParameterGroupSource.ParameterGroups"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected IReadOnlyList<AdamW.ParamGroup> GroupParameters(double learningRate, double ratio, double? embeddingLearningRate)
    {
        EnsurePositive(learningRate, nameof(learningRate));
        EnsurePositive(ratio, nameof(ratio));
        EnsurePositive(embeddingLearningRate ?? learningRate, nameof(embeddingLearningRate));
        EnsureNotDisposed();
        var ofEmbeddings = _sites.Where(site => site.Layer.Facts.Kind == LayerKind.Embedding).SelectMany(site => site.Own.Trained)
            .ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        var ups = _sites.SelectMany(site => site.Own.Specs.Zip(site.Own.All))
            .Where(pair => pair.First.PeftSuffix.StartsWith(Up, StringComparison.Ordinal))
            .Select(pair => pair.Second)
            .ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        return
        [
            .. TrainedParameters()
                .GroupBy(parameter => (IsUp: ups.Contains(parameter), IsOfEmbedding: ofEmbeddings.Contains(parameter), IsVector: parameter.ndim == 1))
                .OrderBy(group => group.Key)
                .Select(group => new AdamW.ParamGroup([.. group], new AdamW.Options
                {
                    LearningRate = group.Key.IsOfEmbedding ? embeddingLearningRate ?? learningRate : group.Key.IsUp ? learningRate * ratio : learningRate,
                    weight_decay = group.Key.IsVector ? 0 : null,
                })),
        ];
    }

    private static void EnsurePositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, "It must be a positive number.");
    }
}
