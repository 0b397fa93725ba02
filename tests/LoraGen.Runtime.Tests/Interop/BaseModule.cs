using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>A module of the base model, as PyTorch's <c>named_modules(remove_duplicate=False)</c> lists it.</summary>
/// <param name="Path">The dotted path; empty for the model.</param>
/// <param name="Kind">The name of the class.</param>
/// <param name="Identity">The module itself: one module may have several paths.</param>
/// <param name="Shapes">The shapes of its own parameters and persistent buffers.</param>
/// <param name="Groups">The groups of a convolution, otherwise 1.</param>
internal sealed record BaseModule(string Path, string Kind, object Identity, IReadOnlyDictionary<string, long[]> Shapes, long Groups)
{
    public static IReadOnlyList<BaseModule> Of(nn.Module model) => [.. Walk(string.Empty, model)];

    /// <summary>The name in a checkpoint: a property's backing field has the property's name.</summary>
    public static string Clean(string name)
    {
        return string.Join('.', name.Split('.').Select(part => part.EndsWith(">k__BackingField", StringComparison.Ordinal) ? part[1..part.IndexOf('>')] : part));
    }

    private static IEnumerable<BaseModule> Walk(string path, nn.Module module)
    {
        yield return new BaseModule(path, module.GetType().Name.Split('`')[0], module, State(module), GroupsOf(module));
        foreach (var (name, child) in module.named_children())
        {
            foreach (var inner in Walk(path.Length == 0 ? Clean(name) : $"{path}.{Clean(name)}", child))
                yield return inner;
        }
    }

    private static Dictionary<string, long[]> State(nn.Module module)
    {
        var parameters = module.named_parameters(recurse: false).Select(named => (named.name, named.parameter.shape));
        var buffers = module.named_buffers(recurse: false).Select(named => (named.name, named.buffer.shape));
        return parameters.Concat(buffers).ToDictionary(entry => Clean(entry.name), entry => entry.shape);
    }

    private static long GroupsOf(nn.Module module)
    {
        return module switch
        {
            Convolution convolution => Convert.ToInt64(convolution.groups, CultureInfo.InvariantCulture),
            _ => 1,
        };
    }
}
