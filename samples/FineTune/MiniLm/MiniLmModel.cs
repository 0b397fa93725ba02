using Models.Bert;
using static TorchSharp.torch;

namespace FineTuning.MiniLm;

/// <summary>all-MiniLM-L6-v2, a BERT of 22.7 million parameters whose mean of the last states represents a sentence.</summary>
internal static class MiniLmModel
{
    public static BertConfig Config { get; } = new()
    {
        VocabSize = 30522, HiddenSize = 384, IntermediateSize = 1536, NumHiddenLayers = 6, NumAttentionHeads = 12, MaxPositionEmbeddings = 512,
    };

    /// <summary>The model without a pooler: sentence embeddings are means, and the file's pooler was not trained for them.</summary>
    public static BertModel Load()
    {
        var model = new BertModel(Config, pooling: false);
        using var file = MiniLmPackage.Open("model.onnx");
        Fill(model, file);
        return model;
    }

    /// <summary>Fills a model with the weights of an ONNX file, which must have all of the model's and no others but those of a pooler.</summary>
    public static void Fill(nn.Module model, Stream onnx)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var weights = OnnxWeights.Read(onnx);
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (!weights.Remove(name, out var weight))
                throw new InvalidDataException($"The file has no weight \"{name}\".");
            if (!weight.shape.SequenceEqual(parameter.shape))
                throw new InvalidDataException($"\"{name}\" is [{string.Join(", ", weight.shape)}], expected [{string.Join(", ", parameter.shape)}].");
            parameter.copy_(weight);
        }

        if (weights.Keys.Where(name => !name.StartsWith("pooler.", StringComparison.Ordinal)).Min(StringComparer.Ordinal) is { } unused)
            throw new InvalidDataException($"The model has no parameter \"{unused}\".");
    }

    /// <summary>The mean of the states [batch, time, width] of the tokens that aren't padding: [batch, width].</summary>
    public static Tensor Mean(Tensor states, Tensor attentionMask)
    {
        var mask = attentionMask.unsqueeze(-1).to(states.dtype);
        return (states * mask).sum(1L) / mask.sum(1L);
    }
}
