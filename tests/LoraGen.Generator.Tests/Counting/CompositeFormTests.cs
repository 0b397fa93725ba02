using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>How calls of TorchSharp's composite layers are repeated; where this TorchSharp has the layer, the count is also held against the model.</summary>
public sealed class CompositeFormTests
{
    [Theory]
    [InlineData("Linear(4, 8)", "Linear(inputSize: 4, outputSize: 8)")]
    [InlineData("LSTM(config.Width, 8, 2, true, true, 0.1, true)", "LSTM(inputSize: config.Width, hiddenSize: 8, numLayers: 2, bias: true, bidirectional: true)")]
    [InlineData("GRU(4, hiddenSize: 8, batchFirst: true, dropout: 0.1, numLayers: 2)", "GRU(inputSize: 4, hiddenSize: 8, numLayers: 2)")]
    [InlineData("RNN(4, 8, 1, NonLinearities.ReLU, false)", "RNN(inputSize: 4, hiddenSize: 8, numLayers: 1, bias: false)")]
    [InlineData("RNNCell(4, 8, NonLinearities.Tanh, config.IsDeep)", "RNNCell(inputSize: 4, hiddenSize: 8, bias: config.IsDeep)")]
    [InlineData("LSTMCell(4, 8, bias: false)", "LSTMCell(inputSize: 4, hiddenSize: 8, bias: false)")]
    [InlineData("GRUCell(4, 8, device: CPU)", "GRUCell(inputSize: 4, hiddenSize: 8)")]
    [InlineData("EmbeddingBag(9, 4, 1.5, mode: EmbeddingBagMode.Sum)", "EmbeddingBag(num_embeddings: 9, embedding_dims: 4)")]
    [InlineData("Bilinear(3, 4, 5, false)", "Bilinear(in1_features: 3, in2_features: 4, out_features: 5, hasBias: false)")]
    [InlineData("MultiheadAttention(8, 2, 0.1, true, true)", "MultiheadAttention(embedded_dim: 8, bias: true, add_bias_kv: true)")]
    [InlineData(
        "MultiheadAttention(8, num_heads: config.Layers - 1, kdim: config.Inner, vdim: null)",
        "MultiheadAttention(embedded_dim: 8, kdim: config.Inner, vdim: null)")]
    [InlineData("TransformerEncoderLayer(8, 2, 16, 0.1, Activations.GELU)", "TransformerEncoderLayer(d_model: 8, dim_feedforward: 16)")]
    [InlineData("TransformerDecoderLayer(8, nhead: 2, activation: Activations.ReLU)", "TransformerDecoderLayer(d_model: 8)")]
    [InlineData(
        "TransformerEncoder(nn.TransformerEncoderLayer(8, 2), config.Layers)",
        "TransformerEncoder(encoder_layer: global::LoraGen.Shapes.TransformerEncoderLayer(d_model: 8), num_layers: config.Layers)")]
    [InlineData(
        "TransformerDecoder(num_layers: 2, decoder_layer: nn.TransformerDecoderLayer(8, 2))",
        "TransformerDecoder(num_layers: 2, decoder_layer: global::LoraGen.Shapes.TransformerDecoderLayer(d_model: 8))")]
    [InlineData("Transformer(8, 2, 1, 2, dropout: 0)", "Transformer(d_model: 8, num_encoder_layers: 1, num_decoder_layers: 2)")]
    public void Layer(string call, string shape)
    {
        var source = Source($"layer = nn.{call};");
        Assert.Contains($"] = global::LoraGen.Shapes.{shape};\n", Text(source));
        if (TorchSharpFactories.Here.Any(factory => call.StartsWith(factory.Name + "(", StringComparison.Ordinal)))
            CountedModel.Agrees(source);
    }

    /// <summary>The layer that is copied may have a name, and be another component of the model.</summary>
    [Fact]
    public void Layer_that_is_copied()
    {
        var source = Source("var block = nn.TransformerEncoderLayer(8, 2); inner = block; layer = nn.TransformerEncoder(block, 2);");
        Assert.Contains("global::LoraGen.Shapes.TransformerEncoder(encoder_layer: block, num_layers: 2)", Text(source));
        if (TorchSharpFactories.Here.Any(factory => factory.Name == "TransformerEncoder"))
            CountedModel.Agrees(source);
    }

    private static string Source(string body) => CountedModel.WithConstructor(
        "Config config", body + " this.config = config;", "private readonly nn.Module? inner, layer; private string? Both => $\"{inner}{layer}\";");

    // This TorchSharp may lack the layer: then the source compiles elsewhere.
    private static string Text(string source)
    {
        return Lora.Project.Allowing("CS0649", "CS0414", "CS0169").Files(source).Without(Checks.Compiles).Run()["Model.Lora.g.cs"];
    }
}
