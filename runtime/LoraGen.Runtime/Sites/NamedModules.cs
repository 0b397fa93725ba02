using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>The modules of a model by their paths.</summary>
internal static class NamedModules
{
    /// <summary>The model with an empty path, then the modules in it, in order of registration. A module with several paths is listed with the first.</summary>
    public static IEnumerable<(string Path, nn.Module Module)> Of(nn.Module model) => Within(string.Empty, model, new(ReferenceEqualityComparer.Instance));

    private static IEnumerable<(string Path, nn.Module Module)> Within(string path, nn.Module module, HashSet<nn.Module> visited)
    {
        if (!visited.Add(module))
            yield break;

        yield return (path, module);
        var children = module.named_children().ToArray();
        var names = MemberName.CleanAll(children.Select(child => child.name));
        foreach (var (name, child) in children)
        {
            foreach (var inner in Within(path.Length == 0 ? names[name] : $"{path}.{names[name]}", child, visited))
                yield return inner;
        }
    }
}
