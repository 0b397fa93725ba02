using System.Collections;
using LoraGen.CompilerServices;
using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>
/// The names for PEFT's <c>modules_to_save</c>. PEFT trains a copy of every module whose path ends with one of them, at a dot or not, so it may select modules
/// that the adapter doesn't train. PEFT then requires their values in the file.
/// </summary>
/// <param name="Names">The names.</param>
/// <param name="IsKnownToPeft">Whether PEFT has the method, so that it may read the file.</param>
internal sealed record PeftHeldModules(IReadOnlyList<string> Names, bool IsKnownToPeft)
{
    public static readonly PeftHeldModules None = new([], false);

    /// <summary>Finds names that select all trained modules, and as few others as possible.</summary>
    /// <param name="collected">The model's modules.</param>
    /// <param name="method">The method's representation.</param>
    /// <param name="adapter">The adapter, for messages.</param>
    /// <exception cref="InvalidOperationException">PEFT could not load a file with any of these names.</exception>
    public static PeftHeldModules Of(SiteCollector collected, PeftMethod method, string adapter)
    {
        if (collected.Trained.Count == 0)
            return None;

        string[] whole = [.. collected.Trained.SelectMany(path => Units(path, collected.TrainedModules.First(entry => entry.Path == path).Module))];
        if (method.Modules is not { } inner)
            return new PeftHeldModules(Sorted(whole), false);

        string[] parts = [.. collected.TrainedModules.Where(entry => HasState(entry.Module)).Select(entry => entry.Path)];
        string[] sites = [.. collected.Sites.Select(site => site.Path)];
        var choice = new PeftNameChoice(
            [.. collected.AllModules()], sites, [.. sites.SelectMany(site => inner.Select(name => $"{site}.{name}"))], parts.ToHashSet(StringComparer.Ordinal));
        return new PeftHeldModules(Sorted(Best(choice, whole, parts) ?? throw Refuse(choice, whole, adapter)), true);
    }

    /// <summary>Whether a module has parameters or buffers of its own.</summary>
    public static bool HasState(nn.Module module)
    {
        return module.named_parameters(recurse: false).Any() || module.named_buffers(recurse: false).Any();
    }

    /// <summary>Whether PEFT can't wrap the module, because nothing calls it.</summary>
    public static bool IsContainer(nn.Module module)
    {
        return module is ParameterList or ParameterDict || (module is IEnumerable and not Sequential && !HasState(module));
    }

    // PEFT refuses a list, but not its items.
    private static IEnumerable<string> Units(string path, nn.Module module)
    {
        if (IsContainer(module) && !HasState(module))
            return module.named_children().SelectMany(child => Units($"{path}.{MemberName.Clean(child.name)}", child.module));
        return module.named_modules().Select(inner => inner.module).Append(module).Any(HasState) ? [path] : [];
    }

    // Last names as most files have them, whole paths, or the parts of the modules.
    private static IEnumerable<string>? Best(PeftNameChoice choice, string[] whole, string[] parts)
    {
        var last = whole.Select(PeftNames.LastOf).Distinct(StringComparer.Ordinal).ToArray();
        if (choice.IsExact(last))
            return last;

        string[][] others = [[.. whole.Select(choice.NameOf)], last, [.. parts.Select(choice.NameOf)]];
        return others.Where(names => choice.Fault(names) is null).MinBy(choice.CountOthers);
    }

    private static InvalidOperationException Refuse(PeftNameChoice choice, string[] whole, string adapter)
    {
        var path = whole.FirstOrDefault(path => choice.Fault([path]) is not null);
        return new InvalidOperationException(
            $"{adapter}: {path ?? string.Join(", ", whole)} has [Trainable], but PEFT could not load what Save writes: "
            + $"modules_to_save {choice.Fault(path is null ? whole : [path])}.");
    }

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
