namespace LoraGen.Runtime.Tests.Counting;

/// <summary>
/// The parameters of layers that were not made, against PyTorch's documentation of each ("Variables" or "Attributes" of its page): names and sizes. For those
/// in Transformers, against its state_dict.
/// </summary>
public sealed class LayerParametersTests
{
    [Fact]
    public void Of_one_weight_and_one_bias()
    {
        Is(Shapes.ConvTranspose1d(4, 6, 5, groups: 2), ("weight", [4, 3, 5]), ("bias", [6]));
        Is(Shapes.ConvTranspose2d(4, 6, 3, bias: false), ("weight", [4, 6, 3, 3]));
        Is(Shapes.ConvTranspose2d(4, 6, (3, 2)), ("weight", [4, 6, 3, 2]), ("bias", [6]));
        Is(Shapes.ConvTranspose3d(4, 6, 3, 2, false), ("weight", [4, 3, 3, 3, 3]));
        Is(Shapes.ConvTranspose3d(4, 6, (1, 2, 3)), ("weight", [4, 6, 1, 2, 3]), ("bias", [6]));
        Is(Shapes.BatchNorm1d(7), ("weight", [7]), ("bias", [7]));
        Is(Shapes.BatchNorm2d(7), ("weight", [7]), ("bias", [7]));
        Is(Shapes.BatchNorm3d(7, affine: false));
        Is(Shapes.InstanceNorm1d(7));
        Is(Shapes.InstanceNorm2d(7, affine: true), ("weight", [7]), ("bias", [7]));
        Is(Shapes.InstanceNorm3d(7));
        Is(Shapes.GroupNorm(6), ("weight", [6]), ("bias", [6]));
        Is(Shapes.GroupNorm(6, affine: false));
        Is(Shapes.PReLU(5), ("weight", [5]));
        Is(Shapes.Bilinear(2, 3, 4), ("weight", [4, 2, 3]), ("bias", [4]));
        Is(Shapes.Bilinear(2, 3, 4, hasBias: false), ("weight", [4, 2, 3]));
        Is(Shapes.EmbeddingBag(10, 3), ("weight", [10, 3]));
        Assert.Throws<ArgumentException>(() => Shapes.ConvTranspose2d(4, 6, 3, groups: 0));
    }

    [Fact]
    public void Of_recurrent_layers()
    {
        Is(Shapes.RNN(3, 5), ("weight_ih_l0", [5, 3]), ("weight_hh_l0", [5, 5]), ("bias_ih_l0", [5]), ("bias_hh_l0", [5]));
        Is(Shapes.GRU(3, 5, bias: false), ("weight_ih_l0", [15, 3]), ("weight_hh_l0", [15, 5]));
        Is(
            Shapes.LSTM(3, 5, numLayers: 2, bidirectional: true),
            ("weight_ih_l0", [20, 3]),
            ("weight_hh_l0", [20, 5]),
            ("bias_ih_l0", [20]),
            ("bias_hh_l0", [20]),
            ("weight_ih_l0_reverse", [20, 3]),
            ("weight_hh_l0_reverse", [20, 5]),
            ("bias_ih_l0_reverse", [20]),
            ("bias_hh_l0_reverse", [20]),
            ("weight_ih_l1", [20, 10]),
            ("weight_hh_l1", [20, 5]),
            ("bias_ih_l1", [20]),
            ("bias_hh_l1", [20]),
            ("weight_ih_l1_reverse", [20, 10]),
            ("weight_hh_l1_reverse", [20, 5]),
            ("bias_ih_l1_reverse", [20]),
            ("bias_hh_l1_reverse", [20]));
        Is(
            Shapes.GRU(3, 5, numLayers: 2, bias: false),
            ("weight_ih_l0", [15, 3]),
            ("weight_hh_l0", [15, 5]),
            ("weight_ih_l1", [15, 5]),
            ("weight_hh_l1", [15, 5]));
    }

    [Fact]
    public void Of_recurrent_cells()
    {
        Is(Shapes.RNNCell(3, 5), ("weight_ih", [5, 3]), ("weight_hh", [5, 5]), ("bias_ih", [5]), ("bias_hh", [5]));
        Is(Shapes.LSTMCell(3, 5), ("weight_ih", [20, 3]), ("weight_hh", [20, 5]), ("bias_ih", [20]), ("bias_hh", [20]));
        Is(Shapes.GRUCell(3, 5, bias: false), ("weight_ih", [15, 3]), ("weight_hh", [15, 5]));
    }

    [Fact]
    public void Of_attention()
    {
        Is(Shapes.MultiheadAttention(4), ("in_proj_weight", [12, 4]), ("in_proj_bias", [12]), ("out_proj.weight", [4, 4]), ("out_proj.bias", [4]));
        Is(
            Shapes.MultiheadAttention(4, bias: false, add_bias_kv: true, kdim: 4, vdim: 4),
            ("in_proj_weight", [12, 4]),
            ("bias_k", [1, 1, 4]),
            ("bias_v", [1, 1, 4]),
            ("out_proj.weight", [4, 4]));
        Is(
            Shapes.MultiheadAttention(4, kdim: 6),
            ("q_proj_weight", [4, 4]),
            ("k_proj_weight", [4, 6]),
            ("v_proj_weight", [4, 4]),
            ("in_proj_bias", [12]),
            ("out_proj.weight", [4, 4]),
            ("out_proj.bias", [4]));
        Is(
            Shapes.MultiheadAttention(4, bias: false, vdim: 3),
            ("q_proj_weight", [4, 4]),
            ("k_proj_weight", [4, 4]),
            ("v_proj_weight", [4, 3]),
            ("out_proj.weight", [4, 4]));
    }

    [Fact]
    public void Of_Transformers()
    {
        (string, long[])[] attention = [("in_proj_weight", [12, 4]), ("in_proj_bias", [12]), ("out_proj.weight", [4, 4]), ("out_proj.bias", [4])];
        (string, long[])[] feedforward = [("linear1.weight", [6, 4]), ("linear1.bias", [6]), ("linear2.weight", [4, 6]), ("linear2.bias", [4])];
        (string, long[])[] norm = [("weight", [4]), ("bias", [4])];
        (string, long[])[] encoder = [.. In("self_attn", attention), .. feedforward, .. In("norm1", norm), .. In("norm2", norm)];
        (string, long[])[] decoder =
        [
            .. In("self_attn", attention), .. In("multihead_attn", attention), .. feedforward, .. In("norm1", norm), .. In("norm2", norm), .. In("norm3", norm),
        ];

        var (encoderLayer, decoderLayer) = (Shapes.TransformerEncoderLayer(4, 6), Shapes.TransformerDecoderLayer(4, 6));
        Is(encoderLayer, encoder);
        Is(decoderLayer, decoder);
        Is(Shapes.TransformerEncoder(encoderLayer, 2), [.. In("layers.0", encoder), .. In("layers.1", encoder)]);
        Is(Shapes.TransformerDecoder(decoderLayer, 2), [.. In("layers.0", decoder), .. In("layers.1", decoder)]);
        Is(
            Shapes.Transformer(4, 1, 2, 6),
            [
                .. In("encoder.layers.0", encoder), .. In("encoder.norm", norm),
                .. In("decoder.layers.0", decoder), .. In("decoder.layers.1", decoder), .. In("decoder.norm", norm),
            ]);
    }

    [Fact]
    public void The_layer_given_to_an_encoder_is_copied_and_stays_outside()
    {
        var layer = Shapes.TransformerEncoderLayer(4, 6);
        var encoder = Shapes.TransformerEncoder(layer, 2);
        Assert.Empty(encoder.Parameters.Select(own => own.Parameter).Intersect(layer.Parameters.Select(own => own.Parameter)));
        Assert.Empty(encoder.Children);
    }

    // What print(sum(p.numel() for p in module.parameters())) prints in PyTorch.
    [Fact]
    public void Totals_are_PyTorchs()
    {
        Assert.Equal(5_920, Total(Shapes.LSTM(10, 20, 2)));
        Assert.Equal(4_440, Total(Shapes.GRU(10, 20, 2)));
        Assert.Equal(1_050_624, Total(Shapes.MultiheadAttention(512)));
        Assert.Equal(3_152_384, Total(Shapes.TransformerEncoderLayer()));
        Assert.Equal(4_204_032, Total(Shapes.TransformerDecoderLayer()));
        Assert.Equal(6 * 3_152_384, Total(Shapes.TransformerEncoder(Shapes.TransformerEncoderLayer(512, 2048), 6)));
        Assert.Equal(44_140_544, Total(Shapes.Transformer()));
    }

    [Fact]
    public void A_size_that_overflows_is_refused()
    {
        Assert.Throws<OverflowException>(() => Shapes.LSTM(1, long.MaxValue / 2));
        Assert.Throws<OverflowException>(() => Shapes.MultiheadAttention(long.MaxValue / 2));
        Assert.Throws<ArgumentException>(() => Shapes.GRU(-1, 2));
    }

    private static IEnumerable<(string, long[])> In(string name, (string Name, long[] Sizes)[] parameters)
    {
        return parameters.Select(own => ($"{name}.{own.Name}", own.Sizes));
    }

    private static void Is(ModuleShape shape, params (string Name, long[] Sizes)[] expected)
    {
        Assert.Equal(expected.Select(own => Line(own.Name, own.Sizes)), shape.Parameters.Select(own => Line(own.Name, own.Parameter.Sizes)));
        Assert.Equal(expected.Sum(own => own.Sizes.Aggregate(1L, (product, size) => product * size)), Total(shape));
    }

    private static string Line(string name, IEnumerable<long> sizes) => $"{name} [{string.Join(", ", sizes)}]";

    private static long Total(ModuleShape shape) => shape.Parameters.Sum(own => own.Parameter.Elements);
}
