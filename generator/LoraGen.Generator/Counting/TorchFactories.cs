namespace LoraGen.Generator.Counting;

/// <summary>The factories of <c>torch.nn</c> whose parameters are known from their arguments.</summary>
internal static class TorchFactories
{
    /// <summary>The parameters in order; null for one that no size hangs on.</summary>
    private static readonly Dictionary<string, string?[]> Layers = new(StringComparer.Ordinal)
    {
        ["Linear"] = ["inputSize", "outputSize", "hasBias"],
        ["Embedding"] = ["num_embeddings", "embedding_dims"],
        ["LayerNorm"] = ["normalized_shape", null, "elementwise_affine", "bias"],
        ["Conv1d"] = ["in_channels", "out_channels", "kernel_size", null, null, null, null, "groups", "bias"],
        ["Conv2d"] = ["in_channels", "out_channels", "kernel_size", null, null, null, null, "groups", "bias"],
        ["Conv3d"] = ["in_channels", "out_channels", "kernel_size", null, null, null, null, "groups", "bias"],
    };

    private static readonly HashSet<string> Parameterless = new(StringComparer.Ordinal)
    {
        "AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AvgPool1d", "AvgPool2d", "Dropout", "Dropout1d", "Dropout2d",
        "ELU", "Flatten", "GELU", "GLU", "Hardsigmoid", "Hardswish", "Hardtanh", "Identity", "LeakyReLU", "LogSigmoid", "LogSoftmax", "MaxPool1d",
        "MaxPool2d", "Mish", "PixelShuffle", "ReLU", "ReLU6", "SELU", "Sigmoid", "SiLU", "Softmax", "Softplus", "Tanh", "Unflatten", "Upsample",
    };

    public static bool IsParameterless(string factory) => Parameterless.Contains(factory);

    /// <summary>Null for a factory that is not known.</summary>
    public static IReadOnlyList<string?>? Sizes(string factory) => Layers.TryGetValue(factory, out var sizes) ? sizes : null;

    /// <summary>Optional ones that take no size, by which an argument may be named.</summary>
    public static bool IsWithoutSize(string parameter)
    {
        return parameter is "device" or "dtype" or "eps" or "padding_idx" or "max_norm" or "norm_type" or "scale_grad_by_freq" or "sparse" or "stride"
            or "padding" or "dilation" or "padding_mode";
    }
}
