namespace LoraGen;

/// <content>Normalization. The running statistics are buffers, which count as no parameters.</content>
public static partial class Shapes
{
    /// <summary>weight and bias [normalized_shape], where they are wanted.</summary>
    public static ModuleShape LayerNorm(long normalized_shape, bool elementwise_affine = true, bool bias = true)
    {
        return LayerNorm([normalized_shape], elementwise_affine, bias);
    }

    /// <summary>weight and bias [normalized_shape], where they are wanted.</summary>
    public static ModuleShape LayerNorm(long[] normalized_shape, bool elementwise_affine = true, bool bias = true)
    {
        return Layer(
            elementwise_affine ? new ParameterShape(normalized_shape) : null,
            elementwise_affine && bias ? new ParameterShape(normalized_shape) : null);
    }

    /// <summary>weight and bias [num_features], where affine.</summary>
    public static ModuleShape BatchNorm1d(long num_features, bool affine = true) => Affine(num_features, affine);

    /// <summary>weight and bias [num_features], where affine.</summary>
    public static ModuleShape BatchNorm2d(long num_features, bool affine = true) => Affine(num_features, affine);

    /// <summary>weight and bias [num_features], where affine.</summary>
    public static ModuleShape BatchNorm3d(long num_features, bool affine = true) => Affine(num_features, affine);

    /// <summary>weight and bias [num_features], where affine.</summary>
    public static ModuleShape InstanceNorm1d(long num_features, bool affine = false) => Affine(num_features, affine);

    /// <summary>weight and bias [num_features], where affine.</summary>
    public static ModuleShape InstanceNorm2d(long num_features, bool affine = false) => Affine(num_features, affine);

    /// <summary>weight and bias [num_features], where affine.</summary>
    public static ModuleShape InstanceNorm3d(long num_features, bool affine = false) => Affine(num_features, affine);

    /// <summary>weight and bias [num_channels], where affine.</summary>
    public static ModuleShape GroupNorm(long num_channels, bool affine = true) => Affine(num_channels, affine);

    private static ModuleShape Affine(long features, bool isAffine)
    {
        return Layer(isAffine ? new ParameterShape(features) : null, isAffine ? new ParameterShape(features) : null);
    }
}
