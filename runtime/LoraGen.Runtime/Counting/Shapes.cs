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
    public static ContainerShape ModuleList(params ModuleShape[] modules) => Indexed(ContainerKind.List, modules);

    /// <summary>A <c>ModuleDict</c>.</summary>
    public static ContainerShape ModuleDict(params (string Name, ModuleShape Module)[] modules) => Named(ContainerKind.Dictionary, modules);

    /// <summary>A <c>Sequential</c>.</summary>
    public static ContainerShape Sequential(params ModuleShape[] modules) => Indexed(ContainerKind.Sequential, modules);

    /// <summary>A <c>Sequential</c> of named modules.</summary>
    public static ContainerShape Sequential(params (string Name, ModuleShape Module)[] modules) => Named(ContainerKind.Sequential, modules);

    /// <summary>One module for each number of a range.</summary>
    public static ModuleShape[] Range(int start, int count, Func<int, ModuleShape> make) => [.. Enumerable.Range(start, count).Select(make)];

    private static ModuleShape Layer(ParameterShape? weight, ParameterShape? bias = null) => new() { Weight = weight, Bias = bias };

    private static ContainerShape Indexed(ContainerKind kind, ModuleShape[] modules)
    {
        var container = new ContainerShape(kind);
        container.Add(modules);
        return container;
    }

    private static ContainerShape Named(ContainerKind kind, (string Name, ModuleShape Module)[] modules)
    {
        var container = new ContainerShape(kind);
        foreach (var (name, module) in modules)
            container.Add(name, module);
        return container;
    }
}
