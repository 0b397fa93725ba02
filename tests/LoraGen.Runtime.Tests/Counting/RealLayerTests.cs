using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Counting;

/// <summary>The parameters of layers that were not made, against those of TorchSharp's layers.</summary>
public sealed class RealLayerTests
{
    [Fact]
    public void Recurrent_layers_have_the_parameters_that_are_counted()
    {
        Is(nn.RNN(3, 5, bias: false), Shapes.RNN(3, 5, bias: false));
        Is(nn.GRU(3, 5, 2), Shapes.GRU(3, 5, 2));
        Is(nn.LSTM(3, 5), Shapes.LSTM(3, 5));
        Is(nn.LSTM(3, 5, 2, bidirectional: true), Shapes.LSTM(3, 5, 2, bidirectional: true));
        Is(nn.RNNCell(3, 5), Shapes.RNNCell(3, 5));
        Is(nn.GRUCell(3, 5, bias: false), Shapes.GRUCell(3, 5, bias: false));
        Is(nn.LSTMCell(3, 5), Shapes.LSTMCell(3, 5));
    }

    [Fact]
    public void Attention_has_the_parameters_that_are_counted()
    {
        Is(nn.MultiheadAttention(4, 2), Shapes.MultiheadAttention(4));
        Is(nn.MultiheadAttention(4, 2, bias: false, add_bias_kv: true), Shapes.MultiheadAttention(4, bias: false, add_bias_kv: true));
        Is(nn.MultiheadAttention(4, 2, kdim: 6, vdim: 3), Shapes.MultiheadAttention(4, kdim: 6, vdim: 3));
        Is(nn.MultiheadAttention(4, 2, kdim: 4, vdim: 4), Shapes.MultiheadAttention(4, kdim: 4, vdim: 4));
    }

    [Fact]
    public void Transformers_have_the_parameters_that_are_counted()
    {
        var (encoder, decoder) = (nn.TransformerEncoderLayer(4, 2, 6), nn.TransformerDecoderLayer(4, 2, 6));
        Is(nn.TransformerEncoder(encoder, 2), Shapes.TransformerEncoder(Shapes.TransformerEncoderLayer(4, 6), 2));
        Is(nn.TransformerDecoder(decoder, 2), Shapes.TransformerDecoder(Shapes.TransformerDecoderLayer(4, 6), 2));
        Is(encoder, Shapes.TransformerEncoderLayer(4, 6));
        Is(decoder, Shapes.TransformerDecoderLayer(4, 6));
        Is(nn.Transformer(4, 2, 1, 2, 6), Shapes.Transformer(4, 1, 2, 6));
    }

    [Fact]
    public void Normalizations_have_the_parameters_that_are_counted()
    {
        Is(nn.GroupNorm(2, 6), Shapes.GroupNorm(6));
        Is(nn.BatchNorm2d(6), Shapes.BatchNorm2d(6));
        Is(nn.InstanceNorm2d(6, affine: true), Shapes.InstanceNorm2d(6, affine: true));
        Is(nn.LayerNorm(6), Shapes.LayerNorm(6));
    }

    private static void Is(nn.Module made, ModuleShape shape)
    {
        using var module = made;
        Assert.Equal(
            module.named_parameters().Select(named => $"{named.name} [{string.Join(", ", named.parameter.shape)}]").Order(StringComparer.Ordinal),
            shape.Parameters.Select(own => $"{own.Name} [{string.Join(", ", own.Parameter.Sizes)}]").Order(StringComparer.Ordinal));
    }
}
