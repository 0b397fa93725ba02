namespace LoraGen.Runtime.Tests.Methods;

/// <summary>Kinds of layers, by the names that <see cref="OneLayer"/> has for them.</summary>
public interface IKinds
{
    static abstract IReadOnlyList<string> Names { get; }
}

public sealed class EveryKind : IKinds
{
    public static IReadOnlyList<string> Names => OneLayer.Kinds;
}

public sealed class LinearAlone : IKinds
{
    public static IReadOnlyList<string> Names => ["Linear"];
}

public sealed class AllButEmbedding : IKinds
{
    public static IReadOnlyList<string> Names => [.. OneLayer.Kinds.Where(kind => kind != "Embedding")];
}
