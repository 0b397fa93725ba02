using System.ComponentModel;

namespace LoraGen;

/// <summary>TorchSharp's factories, of which these make the shape alone; parameters are named as theirs. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Shapes
{
    /// <summary>weight [outputSize, inputSize] and bias [outputSize].</summary>
    public static ModuleShape Linear(long inputSize, long outputSize, bool hasBias = true) => new LinearShape(inputSize, outputSize, hasBias);

    /// <summary>weight [num_embeddings, embedding_dims].</summary>
    public static ModuleShape Embedding(long num_embeddings, long embedding_dims)
    {
        return new EmbeddingShape(num_embeddings, embedding_dims);
    }

    /// <summary>weight [num_embeddings, embedding_dims].</summary>
    public static ModuleShape EmbeddingBag(long num_embeddings, long embedding_dims) => Layer(new ParameterShape(num_embeddings, embedding_dims));

    /// <summary>weight [out_features, in1_features, in2_features] and bias [out_features].</summary>
    public static ModuleShape Bilinear(long in1_features, long in2_features, long out_features, bool hasBias = true)
    {
        return Layer(new ParameterShape(out_features, in1_features, in2_features), hasBias ? new ParameterShape(out_features) : null);
    }

    /// <summary>weight [num_parameters].</summary>
    public static ModuleShape PReLU(long num_parameters) => Layer(new ParameterShape(num_parameters));

    /// <summary>A module without parameters.</summary>
    public static ModuleShape Parameterless() => new();

    /// <summary>A <c>ModuleList</c>.</summary>
    public static ContainerShape ModuleList(params ModuleShape[] modules) => Container(ContainerKind.List, container => container.Add(modules));

    /// <summary>A <c>ModuleList</c> of what is in a list.</summary>
    public static ContainerShape ModuleList(ShapeList modules) => Container(ContainerKind.List, container => container.Add(modules));

    /// <summary>A <c>ModuleDict</c>.</summary>
    public static ContainerShape ModuleDict(params (string Name, ModuleShape Module)[] modules)
    {
        return Container(ContainerKind.Dictionary, container => container.Add(modules));
    }

    /// <summary>A <c>ModuleDict</c> of what is in a list.</summary>
    public static ContainerShape ModuleDict(ShapeList modules) => Container(ContainerKind.Dictionary, container => container.Add(modules));

    /// <summary>A <c>Sequential</c> with nothing in it.</summary>
    public static ContainerShape Sequential() => new(ContainerKind.Sequential);

    /// <summary>A <c>Sequential</c>.</summary>
    public static ContainerShape Sequential(params ModuleShape[] modules) => Container(ContainerKind.Sequential, container => container.Add(modules));

    /// <summary>A <c>Sequential</c> of named modules.</summary>
    public static ContainerShape Sequential(params (string Name, ModuleShape Module)[] modules)
    {
        return Container(ContainerKind.Sequential, container => container.Add(modules));
    }

    /// <summary>A <c>Sequential</c> of what is in a list.</summary>
    public static ContainerShape Sequential(ShapeList modules) => Container(ContainerKind.Sequential, container => container.Add(modules));

    /// <summary>One module for each number of a range.</summary>
    public static ShapeList Range(int start, int count, Func<int, ModuleShape> make) => new([.. Enumerable.Range(start, count).Select(make)]);

    private static ModuleShape Layer(ParameterShape? weight, ParameterShape? bias = null) => new() { Weight = weight, Bias = bias };

    private static ContainerShape Container(ContainerKind kind, Action<ContainerShape> fill)
    {
        var container = new ContainerShape(kind);
        fill(container);
        return container;
    }
}
