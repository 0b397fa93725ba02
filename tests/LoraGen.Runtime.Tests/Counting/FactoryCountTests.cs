using System.Reflection;
using LoraGen.Meta;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module;

namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Every factory of <c>torch.nn</c> on META: the parameters and buffers of the layer that it really makes.</summary>
public sealed class FactoryCountTests
{
    private static readonly Dictionary<string, Func<Module>[]> Factories = new()
    {
        ["Linear"] = [() => Linear(3, 5), () => Linear(3, 5, hasBias: false), () => Linear(3, 5, device: CPU)],
        ["Bilinear"] = [() => Bilinear(2, 3, 4), () => Bilinear(2, 3, 4, hasBias: false)],
        ["Conv1d"] = [() => Conv1d(4, 6, 3), () => Conv1d(4, 6, 3, Padding.Same, groups: 2, bias: false)],
        ["Conv2d"] = [() => Conv2d(4, 6, 3, groups: 2), () => Conv2d(4, 6, (3, 2)), () => Conv2d(4, 6, (3, 2), Padding.Valid), () => Conv2d(4, 6, 3, Padding.Same)],
        ["Conv3d"] = [() => Conv3d(4, 6, 3), () => Conv3d(4, 6, (3, 2, 1)), () => Conv3d(4, 6, (3, 2, 1), Padding.Same), () => Conv3d(4, 6, 3, Padding.Valid)],
        ["ConvTranspose1d"] = [() => ConvTranspose1d(4, 6, 3, groups: 2)],
        ["ConvTranspose2d"] = [() => ConvTranspose2d(4, 6, 3), () => ConvTranspose2d(4, 6, (3, 2), bias: false)],
        ["ConvTranspose3d"] = [() => ConvTranspose3d(4, 6, 3), () => ConvTranspose3d(4, 6, (3, 2, 1))],
        ["BatchNorm1d"] = [() => BatchNorm1d(5), () => BatchNorm1d(5, affine: false)],
        ["BatchNorm2d"] = [() => BatchNorm2d(5), () => BatchNorm2d(5, track_running_stats: false)],
        ["BatchNorm3d"] = [() => BatchNorm3d(5)],
        ["InstanceNorm1d"] = [() => InstanceNorm1d(5), () => InstanceNorm1d(5, affine: true, track_running_stats: true)],
        ["InstanceNorm2d"] = [() => InstanceNorm2d(5, affine: true)],
        ["InstanceNorm3d"] = [() => InstanceNorm3d(5, affine: true)],
        ["GroupNorm"] = [() => GroupNorm(2, 6), () => GroupNorm(2, 6, affine: false)],
        ["LayerNorm"] = [() => LayerNorm(6), () => LayerNorm([2, 3]), () => LayerNorm(6, elementwise_affine: false), () => LayerNorm(6, bias: false)],
        ["Embedding"] =
        [
            () => Embedding(7, 3), () => Embedding(7, 3, padding_idx: 6), () => Embedding(7, 3, padding_idx: -1), () => Embedding(7, 3, max_norm: 1),
            () => Embedding(7, 3, dtype: ScalarType.BFloat16),
        ],
        ["EmbeddingBag"] = [() => EmbeddingBag(7, 3), () => EmbeddingBag(7, 3, padding_index: 4)],
        ["PReLU"] = [() => PReLU(5)],
        ["RNN"] = [() => RNN(3, 5), () => RNN(3, 5, numLayers: 2, bidirectional: true, bias: false)],
        ["LSTM"] = [() => LSTM(3, 5), () => LSTM(3, 5, numLayers: 2, bidirectional: true)],
        ["GRU"] = [() => GRU(3, 5), () => GRU(3, 5, numLayers: 3, bias: false)],
        ["RNNCell"] = [() => RNNCell(3, 5)],
        ["LSTMCell"] = [() => LSTMCell(3, 5, bias: false)],
        ["GRUCell"] = [() => GRUCell(3, 5)],
        ["MultiheadAttention"] = [() => MultiheadAttention(8, 2), () => MultiheadAttention(8, 2, bias: false, kdim: 6), () => MultiheadAttention(8, 2, add_bias_kv: true)],
        ["TransformerEncoderLayer"] = [() => TransformerEncoderLayer(8, 2, 12)],
        ["TransformerDecoderLayer"] = [() => TransformerDecoderLayer(8, 2, 12)],
        ["TransformerEncoder"] = [() => TransformerEncoder(TransformerEncoderLayer(8, 2, 12), 2)],
        ["TransformerDecoder"] = [() => TransformerDecoder(TransformerDecoderLayer(8, 2, 12), 2)],
        ["Transformer"] = [() => Transformer(8, 2, 1, 2, 12)],
        ["Sequential"] = [() => Sequential(("up", Linear(3, 5)), ("act", ReLU()), ("down", Linear(5, 3)))],
        ["ModuleList"] = [() => ModuleList(Linear(3, 5), Linear(5, 3))],
        ["ModuleDict"] = [() => ModuleDict(("up", Linear(3, 5)), ("down", Linear(5, 3)))],
    };

    // Their modules have no parameters, or they take finished tensors.
    private static readonly string[] Others =
    [
        "AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveAvgPool3d", "AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AdaptiveMaxPool3d", "AlphaDropout", "AvgPool1d",
        "AvgPool2d", "AvgPool3d", "CELU", "ChannelShuffle", "ConstantPad1d", "ConstantPad2d", "ConstantPad3d", "CosineSimilarity", "Dropout", "Dropout1d",
        "Dropout2d", "Dropout3d", "ELU", "EmbeddingBag_from_pretrained", "Embedding_from_pretrained", "FeatureAlphaDropout", "Flatten", "Fold",
        "FractionalMaxPool2d", "FractionalMaxPool3d", "GELU", "GLU", "Hardshrink", "Hardsigmoid", "Hardswish", "Hardtanh", "Identity", "LPPool1d", "LPPool2d",
        "LeakyReLU", "LocalResponseNorm", "LogSigmoid", "LogSoftmax", "MaxPool1d", "MaxPool2d", "MaxPool3d", "MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d", "Mish",
        "PairwiseDistance", "ParameterDict", "ParameterList", "PixelShuffle", "PixelUnshuffle", "RReLU", "ReLU", "ReLU6", "ReflectionPad1d", "ReflectionPad2d",
        "ReflectionPad3d", "ReplicationPad1d", "ReplicationPad2d", "ReplicationPad3d", "SELU", "SiLU", "Sigmoid", "Softmax", "Softmax2d", "Softmin", "Softplus",
        "Softshrink", "Softsign", "Tanh", "Tanhshrink", "Threshold", "Unflatten", "Unfold", "Upsample", "ZeroPad2d",
    ];

    public static TheoryData<string> Names => [.. Factories.Keys];

    [Fact]
    public void None_is_left_out()
    {
        var all = typeof(nn).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => typeof(Module).IsAssignableFrom(method.ReturnType) && !method.Name.EndsWith("Loss", StringComparison.Ordinal))
            .Select(method => method.Name)
            .Distinct();
        Assert.Equal(all.Order(StringComparer.Ordinal), Factories.Keys.Concat(Others).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_the_same_parameters_and_buffers_on_META(string name)
    {
        foreach (var factory in Factories[name])
        {
            using var real = factory();
            Assert.Equal(State(real), MetaModel.Use(factory, State));
        }
    }

    /// <summary>What <c>sum(p.numel() for p in module.parameters())</c> is in PyTorch.</summary>
    [Fact]
    public void Totals_are_PyTorchs()
    {
        Assert.Equal(5_920, Total(() => LSTM(10, 20, 2)));
        Assert.Equal(4_440, Total(() => GRU(10, 20, 2)));
        Assert.Equal(1_050_624, Total(() => MultiheadAttention(512, 8)));
        Assert.Equal(3_152_384, Total(() => TransformerEncoderLayer()));
        Assert.Equal(4_204_032, Total(() => TransformerDecoderLayer()));
        Assert.Equal(44_140_544, Total(() => Transformer()));
    }

    private static long Total(Func<Module> factory) => MetaModel.Use(factory, module => module.parameters().Sum(parameter => parameter.numel()));

    private static string[] State(Module module)
    {
        return
        [
            .. module.named_parameters().Select(own => $"{own.name} [{string.Join(", ", own.parameter.shape)}] {own.parameter.dtype}"),
            .. module.named_buffers().Select(own => $"buffer {own.name} [{string.Join(", ", own.buffer.shape)}] {own.buffer.dtype}"),
        ];
    }
}
