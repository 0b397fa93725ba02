using LoraGen.Sites;
using LoraGen.Targets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Layers;

/// <summary>The width of a module's output, which is that of a layer in it.</summary>
internal static class ModuleWidth
{
    /// <param name="path">The module's path.</param>
    /// <param name="module">The module.</param>
    /// <param name="names">Patterns of the layers that have the width; empty for the last layer that is registered in the module.</param>
    /// <returns>Null if no such layer is registered in the module.</returns>
    public static long? Of(string path, nn.Module module, IReadOnlyList<string> names)
    {
        return module.named_modules()
            .Prepend((string.Empty, module))
            .Where(inner => names.Count == 0 || names.Any(name => TargetPattern.Matches(name, Join(path, inner.Item1))))
            .Select(inner => OutputOf(inner.Item2))
            .LastOrDefault(width => width is not null);
    }

    private static string Join(string path, string inner) => inner.Length == 0 ? path : $"{path}.{MemberName.Clean(inner)}";

    private static long? OutputOf(nn.Module module)
    {
        return module switch
        {
            Linear linear => linear.out_features,
            Embedding embedding => new EmbeddingLayer(embedding).Facts.Outputs,
            LayerNorm norm => norm.normalized_shape[^1],
            ILinearLayer layer => layer.OutFeatures,
            _ => null,
        };
    }
}
