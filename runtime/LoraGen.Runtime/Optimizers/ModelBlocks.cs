using System.Collections;
using LoraGen.Sites;
using LoraGen.Targets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>Divides the trainable parameters of a model into blocks.</summary>
internal static class ModelBlocks
{
    /// <summary>
    /// One block for each item of the model's lists and dictionaries, and one for each other module beside them; parameters that the modules around the lists
    /// have themselves form blocks too. Each parameter is in the first block that has it.
    /// </summary>
    public static IReadOnlyList<BAdamBlock> Of(nn.Module model)
    {
        var lists = Lists(model);
        var units = Units(string.Empty, model, lists).ToArray();
        var owned = Trainable(units.SelectMany((unit, index) => unit.Parameters.Select(named => (Unit: index, named.Path, named.Parameter))))
            .ToLookup(tensor => tensor[0].Unit, tensor => tensor[0].Parameter);
        return [.. owned.OrderBy(unit => unit.Key).Select(unit => new BAdamBlock(units[unit.Key].Path, unit))];
    }

    /// <summary>One block for each list of paths of modules or parameters.</summary>
    /// <exception cref="ArgumentException">A path matches nothing, or a trainable parameter is in no block or in several.</exception>
    public static IReadOnlyList<BAdamBlock> Of(nn.Module model, IReadOnlyList<IReadOnlyList<string>> paths)
    {
        var tensors = Trainable(All(string.Empty, model).Select(named => (Unit: 0, named.Path, named.Parameter)));
        var faults = new List<string>();
        foreach (var path in paths.SelectMany(block => block).Where(path => !tensors.Any(tensor => tensor.Any(named => IsIn(path, named.Path)))))
        {
            var near = ClosestNames.Of(path, tensors.SelectMany(tensor => tensor.SelectMany(named => Prefixes(MemberName.Clean(named.Path)))));
            faults.Add($"\"{path}\" matches no trainable parameter; the closest paths are {string.Join(", ", near)}");
        }

        var blocks = paths.Select(_ => new List<Parameter>()).ToArray();
        foreach (var tensor in tensors)
        {
            int[] owners = [.. Enumerable.Range(0, paths.Count).Where(block => paths[block].Any(path => tensor.Any(named => IsIn(path, named.Path))))];
            if (owners.Length == 1)
                blocks[owners[0]].Add(tensor[0].Parameter);
            else if (owners.Length == 0)
                faults.Add($"{MemberName.Clean(tensor[0].Path)} is in no block");
            else
                faults.Add($"{MemberName.Clean(tensor[0].Path)} is in the blocks {string.Join(" and ", owners)}");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(
                $"Every trainable parameter must be in exactly one block: {string.Join("; ", faults)}. Parameters that are not trained must have "
                + "requires_grad = false.",
                nameof(paths));
        }

        return [.. blocks.Select((block, index) => new BAdamBlock(string.Join(", ", paths[index]), block))];
    }

    // By tensor: a shared one has several paths.
    private static IReadOnlyList<IReadOnlyList<(int Unit, string Path, Parameter Parameter)>> Trainable(
        IEnumerable<(int Unit, string Path, Parameter Parameter)> parameters)
    {
        return SharedParameters.Group([.. parameters.Where(named => named.Parameter.requires_grad)], named => named.Parameter, named => named.Path);
    }

    private static IEnumerable<(string Path, (string Path, Parameter Parameter)[] Parameters)> Units(string path, nn.Module module, HashSet<nn.Module> lists)
    {
        yield return (path.Length == 0 ? module.GetName() : path, Parameters(path, module, recurse: false));
        foreach (var (name, child) in module.named_children())
        {
            var inner = Joined(path, MemberName.Clean(name));
            if (!lists.Contains(module) && (lists.Contains(child) || child.named_modules().Any(named => lists.Contains(named.module))))
            {
                foreach (var unit in Units(inner, child, lists))
                    yield return unit;
            }
            else
            {
                yield return (inner, Parameters(inner, child, recurse: true));
            }
        }
    }

    private static (string Path, Parameter Parameter)[] Parameters(string path, nn.Module module, bool recurse)
    {
        return [.. module.named_parameters(recurse).Select(named => (Joined(path, MemberName.Clean(named.name)), named.parameter))];
    }

    // Unlike named_parameters(), with every path of a module that has several.
    private static IEnumerable<(string Path, Parameter Parameter)> All(string path, nn.Module module)
    {
        return module.named_parameters(recurse: false).Select(named => (Joined(path, named.name), named.parameter))
            .Concat(module.named_children().SelectMany(child => All(Joined(path, child.name), child.module)));
    }

    // Sequentials count as lists only if the model has no ModuleList, and a ModuleDict only if none is in it: it may hold the parts of a whole model.
    private static HashSet<nn.Module> Lists(nn.Module model)
    {
        var all = model.named_modules().Select(named => named.module).Prepend(model)
            .Where(module => module is IEnumerable && module.named_children().Any() && module.parameters().Any(parameter => parameter.requires_grad))
            .ToArray();
        var lists = all.Where(module => module is IEnumerable<nn.Module> and not Sequential).ToArray();
        var dictionaries = all.Where(module => module is not IEnumerable<nn.Module> && !module.named_modules().Any(named => lists.Contains(named.module)));
        return new HashSet<nn.Module>(lists.Length > 0 ? lists.Concat(dictionaries) : all, ReferenceEqualityComparer.Instance);
    }

    private static bool IsIn(string path, string parameter)
    {
        return IsPrefix(parameter) || IsPrefix(MemberName.Clean(parameter));

        bool IsPrefix(string name) => name.StartsWith(path, StringComparison.Ordinal) && (name.Length == path.Length || name[path.Length] == '.');
    }

    private static IEnumerable<string> Prefixes(string path)
    {
        for (var end = path.IndexOf('.', StringComparison.Ordinal); end >= 0; end = path.IndexOf('.', end + 1))
            yield return path[..end];
        yield return path;
    }

    private static string Joined(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
