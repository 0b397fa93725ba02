using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The layers that an adapter usually adapts in a model, as entries of Targets.</summary>
internal static class UsualTargets
{
    private static readonly HashSet<string> Heads = new(StringComparer.OrdinalIgnoreCase) { "lmhead", "head", "classifier", "output", "score" };

    /// <summary>
    /// The layers of the class itself, or else those of the classes within it; empty if no layer is known; null if the class has an adapter or can't have
    /// one. IsOwn says whether an entry is the plain name of a member that the class itself declares.
    /// </summary>
    public static IReadOnlyList<(string Entry, bool IsOwn)>? Of(INamedTypeSymbol model, Compilation compilation, CancellationToken cancellation)
    {
        if (model.IsAbstract || model.IsStatic || !TorchTypes.IsModule(model) || AdaptedModels.Contains(model, compilation.Assembly))
            return null;

        var root = LayerReader.Read(RootReader.Read(MethodFacts.All[0], model, [], compilation, cancellation));
        if (root.Problem is not null)
            return null;

        var own = Layers(root.Modules.First()).ToArray();
        var within = Within(root).SelectMany(Layers).ToArray();
        var name = new NamedTypes(compilation).FullName(model);
        return new[] { LayerKind.Linear, LayerKind.Convolution }
            .SelectMany(kind => Choices(OfKind(own, kind), OfKind(within, kind)))
            .Select(layers => layers.Select(layer => Entry(layer, name)).Distinct().ToArray())
            .FirstOrDefault(entries => entries.Length > 0) ?? [];
    }

    // The first nonempty one is used.
    private static IEnumerable<IEnumerable<MemberFacts>> Choices(MemberFacts[] own, MemberFacts[] within)
    {
        return [own.Where(layer => !IsHead(layer)), within.Where(layer => !IsHead(layer)), own, within];
    }

    private static MemberFacts[] OfKind(IEnumerable<MemberFacts> layers, LayerKind kind) => [.. layers.Where(layer => LayerDescription.KindOf(layer) == kind)];

    private static IEnumerable<MemberFacts> Layers(ModuleFacts module)
    {
        return module.Members.Where(member => !member.IsIgnored
            && (member.Kind is MemberKind.Layer or MemberKind.LayerList || (member.Kind == MemberKind.Open && member.Made?.Inputs is not null)));
    }

    // The classes that are reached without going through an ignored member, in the generator's order.
    private static IEnumerable<ModuleFacts> Within(RootFacts root)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<ModuleFacts>([root.Modules.First()]);
        while (pending.Count > 0)
        {
            var names = pending.Dequeue().Members.Where(member => !member.IsIgnored).Select(member => member.ModuleType);
            foreach (var module in names.OfType<string>().Where(reached.Add).SelectMany(name => root.Modules.Where(module => module.TypeName == name)))
                pending.Enqueue(module);
        }

        return root.Modules.Where(module => reached.Contains(module.TypeName));
    }

    private static (string Entry, bool IsOwn) Entry(MemberFacts layer, string model)
    {
        return layer.Kind == MemberKind.LayerList
            ? ($"{layer.Component}.*", false)
            : (layer.Component, layer.Access.DeclaringType == model && layer.Component == layer.Name);
    }

    private static bool IsHead(MemberFacts layer) => Heads.Contains(layer.Component.Replace("_", string.Empty));
}
