using Models.Bert;
using Models.Layers;
using static TorchSharp.torch;

namespace Inference.Loading;

/// <summary>A model that is ready to compute, and the adapter on it.</summary>
internal abstract record LoadedModel(long VocabSize, IDisposable? Adapter) : IDisposable
{
    public abstract nn.Module Network { get; }

    public void Dispose()
    {
        Adapter?.Dispose();
        Network.Dispose();
    }
}

/// <summary>A model that predicts the next token.</summary>
internal sealed record LanguageModel(nn.Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor> Decoder, long VocabSize, IDisposable? Adapter)
    : LoadedModel(VocabSize, Adapter)
{
    public override nn.Module Network => Decoder;
}

/// <summary>A model that classifies texts.</summary>
internal sealed record Classifier(BertForSequenceClassification Encoder, IDisposable? Adapter) : LoadedModel(Encoder.Config.VocabSize, Adapter)
{
    public override nn.Module Network => Encoder;
}
