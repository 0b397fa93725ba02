using System.ComponentModel;

namespace LoraGen;

/// <summary>TorchSharp's factories, of which these make the shape alone; parameters are named as theirs. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Shapes
{
    /// <summary>weight [outputSize, inputSize] and bias [outputSize].</summary>
    public static ModuleShape Linear(long inputSize, long outputSize, bool hasBias = true) => new LinearShape(inputSize, outputSize, hasBias);

    /// <summary>weight [num_embeddings, embedding_dims].</summary>
    public static ModuleShape Embedding(long num_embeddings, long embedding_dims)
    {
        return new EmbeddingShape(num_embeddings, embedding_dims);
    }

    /// <summary>weight and bias [normalized_shape], where they are wanted.</summary>
    public static ModuleShape LayerNorm(long normalized_shape, bool elementwise_affine = true, bool bias = true)
    {
        return LayerNorm([normalized_shape], elementwise_affine, bias);
    }

    /// <summary>weight and bias [normalized_shape], where they are wanted.</summary>
    public static ModuleShape LayerNorm(long[] normalized_shape, bool elementwise_affine = true, bool bias = true)
    {
        return new ModuleShape
        {
            Weight = elementwise_affine ? new ParameterShape(normalized_shape) : null,
            Bias = elementwise_affine && bias ? new ParameterShape(normalized_shape) : null,
        };
    }

    /// <summary>weight [out_channels, in_channels / groups, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape Conv1d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size], groups, bias);
    }

    /// <summary>weight [out_channels, in_channels / groups, kernel_size, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape Conv2d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size, kernel_size], groups, bias);
    }

    /// <summary>weight [out_channels, in_channels / groups, the kernel's height, its width] and bias [out_channels].</summary>
    public static ModuleShape Conv2d(long in_channels, long out_channels, (long Height, long Width) kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size.Height, kernel_size.Width], groups, bias);
    }

    /// <summary>weight [out_channels, in_channels / groups, kernel_size, kernel_size, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape Conv3d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size, kernel_size, kernel_size], groups, bias);
    }

    /// <summary>weight [out_channels, in_channels / groups, the kernel's three sizes] and bias [out_channels].</summary>
    public static ModuleShape Conv3d(long in_channels, long out_channels, (long, long, long) kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3], groups, bias);
    }

    /// <summary>A module without parameters.</summary>
    public static ModuleShape Parameterless() => new();

    /// <summary>A <c>ModuleList</c>.</summary>
    public static ContainerShape ModuleList(params ModuleShape[] modules) => Container(ContainerShape.Kind.List, container => container.Add(modules));

    /// <summary>A <c>ModuleList</c> of what is in a list.</summary>
    public static ContainerShape ModuleList(ShapeList modules) => Container(ContainerShape.Kind.List, container => container.Add(modules));

    /// <summary>A <c>ModuleDict</c>.</summary>
    public static ContainerShape ModuleDict(params (string Name, ModuleShape Module)[] modules)
    {
        return Container(ContainerShape.Kind.Dict, container => container.Add(modules));
    }

    /// <summary>A <c>ModuleDict</c> of what is in a list.</summary>
    public static ContainerShape ModuleDict(ShapeList modules) => Container(ContainerShape.Kind.Dict, container => container.Add(modules));

    /// <summary>A <c>Sequential</c> with nothing in it.</summary>
    public static ContainerShape Sequential() => new(ContainerShape.Kind.Sequential);

    /// <summary>A <c>Sequential</c>.</summary>
    public static ContainerShape Sequential(params ModuleShape[] modules) => Container(ContainerShape.Kind.Sequential, container => container.Add(modules));

    /// <summary>A <c>Sequential</c> of named modules.</summary>
    public static ContainerShape Sequential(params (string Name, ModuleShape Module)[] modules)
    {
        return Container(ContainerShape.Kind.Sequential, container => container.Add(modules));
    }

    /// <summary>A <c>Sequential</c> of what is in a list.</summary>
    public static ContainerShape Sequential(ShapeList modules) => Container(ContainerShape.Kind.Sequential, container => container.Add(modules));

    /// <summary>One module for each number of a range.</summary>
    public static ShapeList Range(int start, int count, Func<int, ModuleShape> make) => new([.. Enumerable.Range(start, count).Select(make)]);

    private static ContainerShape Container(ContainerShape.Kind kind, Action<ContainerShape> fill)
    {
        var container = new ContainerShape(kind);
        fill(container);
        return container;
    }
}
