namespace LoraGen.Generator.Counting;

/// <summary>The factories of <c>torch.nn</c> whose parameters are known from their arguments.</summary>
internal static class TorchFactories
{
    private static readonly string?[] Convolution =
        ["in_channels", "out_channels", "kernel_size", null, null, null, null, "groups", "bias"];

    private static readonly string?[] TransposedConvolution =
        ["in_channels", "out_channels", "kernel_size", null, null, null, null, null, "groups", "bias"];

    private static readonly string?[] FeatureNorm = ["num_features", null, null, "affine"];

    private static readonly string?[] Gated = ["inputSize", "hiddenSize", "numLayers", "bias", null, null, "bidirectional"];

    private static readonly string?[] GatedCell = ["inputSize", "hiddenSize", "bias"];

    private static readonly string?[] TransformerLayer = ["d_model", null, "dim_feedforward"];

    /// <summary>The parameters in order; null for one that no size hangs on.</summary>
    private static readonly Dictionary<string, string?[]> Layers = new(StringComparer.Ordinal)
    {
        ["Linear"] = ["inputSize", "outputSize", "hasBias"],
        ["Bilinear"] = ["in1_features", "in2_features", "out_features", "hasBias"],
        ["Embedding"] = ["num_embeddings", "embedding_dims"],
        ["EmbeddingBag"] = ["num_embeddings", "embedding_dims"],
        ["PReLU"] = ["num_parameters"],
        ["Conv1d"] = Convolution,
        ["Conv2d"] = Convolution,
        ["Conv3d"] = Convolution,
        ["ConvTranspose1d"] = TransposedConvolution,
        ["ConvTranspose2d"] = TransposedConvolution,
        ["ConvTranspose3d"] = TransposedConvolution,
        ["LayerNorm"] = ["normalized_shape", null, "elementwise_affine", "bias"],
        ["GroupNorm"] = [null, "num_channels", null, "affine"],
        ["BatchNorm1d"] = FeatureNorm,
        ["BatchNorm2d"] = FeatureNorm,
        ["BatchNorm3d"] = FeatureNorm,
        ["InstanceNorm1d"] = FeatureNorm,
        ["InstanceNorm2d"] = FeatureNorm,
        ["InstanceNorm3d"] = FeatureNorm,
        ["RNN"] = ["inputSize", "hiddenSize", "numLayers", null, "bias", null, null, "bidirectional"],
        ["LSTM"] = Gated,
        ["GRU"] = Gated,
        ["RNNCell"] = ["inputSize", "hiddenSize", null, "bias"],
        ["LSTMCell"] = GatedCell,
        ["GRUCell"] = GatedCell,
        ["MultiheadAttention"] = ["embedded_dim", null, null, "bias", "add_bias_kv", null, "kdim", "vdim"],
        ["TransformerEncoderLayer"] = TransformerLayer,
        ["TransformerDecoderLayer"] = TransformerLayer,
        ["TransformerEncoder"] = ["encoder_layer", "num_layers"],
        ["TransformerDecoder"] = ["decoder_layer", "num_layers"],
        ["Transformer"] = ["d_model", null, "num_encoder_layers", "num_decoder_layers", "dim_feedforward"],
    };

    private static readonly HashSet<string> Parameterless = new(StringComparer.Ordinal)
    {
        "AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveAvgPool3d", "AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AdaptiveMaxPool3d", "AlphaDropout",
        "AvgPool1d", "AvgPool2d", "AvgPool3d", "BCELoss", "BCEWithLogitsLoss", "CELU", "CTCLoss", "ChannelShuffle", "ConstantPad1d", "ConstantPad2d",
        "ConstantPad3d", "CosineEmbeddingLoss", "CosineSimilarity", "CrossEntropyLoss", "Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "ELU",
        "FeatureAlphaDropout", "Flatten", "Fold", "FractionalMaxPool2d", "FractionalMaxPool3d", "GELU", "GLU", "GaussianNLLLoss", "Hardshrink",
        "Hardsigmoid", "Hardswish", "Hardtanh", "HingeEmbeddingLoss", "HuberLoss", "Identity", "KLDivLoss", "L1Loss", "LPPool1d", "LPPool2d",
        "LeakyReLU", "LocalResponseNorm", "LogSigmoid", "LogSoftmax", "MSELoss", "MarginRankingLoss", "MaxPool1d", "MaxPool2d", "MaxPool3d",
        "MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d", "Mish", "MultiLabelMarginLoss", "MultiLabelSoftMarginLoss", "MultiMarginLoss", "NLLLoss",
        "PairwiseDistance", "PixelShuffle", "PixelUnshuffle", "PoissonNLLLoss", "RReLU", "ReLU", "ReLU6", "ReflectionPad1d", "ReflectionPad2d",
        "ReflectionPad3d", "ReplicationPad1d", "ReplicationPad2d", "ReplicationPad3d", "SELU", "SiLU", "Sigmoid", "SmoothL1Loss", "SoftMarginLoss",
        "Softmax", "Softmax2d", "Softmin", "Softplus", "Softshrink", "Softsign", "Tanh", "Tanhshrink", "Threshold", "TripletMarginLoss",
        "TripletMarginWithDistanceLoss", "Unflatten", "Unfold", "Upsample", "ZeroPad2d",
    };

    private static readonly HashSet<string> WithoutSize = new(StringComparer.Ordinal)
    {
        "activation", "add_zero_attn", "batchFirst", "device", "dilation", "dropout", "dtype", "eps", "include_last_offset", "init", "max_norm", "mode",
        "momentum", "nhead", "nonLinearity", "norm_type", "num_groups", "num_heads", "output_padding", "padding", "padding_idx", "padding_index",
        "padding_mode", "scale_grad_by_freq", "sparse", "stride", "track_running_stats",
    };

    public static bool IsParameterless(string factory) => Parameterless.Contains(factory);

    /// <summary>Null for a factory that is not known.</summary>
    public static IReadOnlyList<string?>? Sizes(string factory) => Layers.TryGetValue(factory, out var sizes) ? sizes : null;

    /// <summary>Those that take no size, by which an argument may be named.</summary>
    public static bool IsWithoutSize(string parameter) => WithoutSize.Contains(parameter);

    /// <summary>The one that takes a module, of which copies are made.</summary>
    public static bool IsCopiedModule(string parameter) => parameter is "encoder_layer" or "decoder_layer";
}
