using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using LoraGen.Targets;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>What an adapter's targets and exclusions match in its model.</summary>
internal sealed class ModelTargets
{
    private readonly ModelTree _tree;
    private readonly AttributeFacts _attribute;
    private readonly MethodFacts _method;
    private readonly MemberContents _contents;
    private readonly Lazy<bool> _mayHoldMore;
    private readonly Lazy<ILookup<string, AttributeData>> _overrides;

    public ModelTargets(
        ModelTree tree, AttributeFacts attribute, MethodFacts method, MemberContents contents, Compilation compilation, CancellationToken cancellation)
    {
        _tree = tree;
        _attribute = attribute;
        _method = method;
        _contents = contents;
        Layers = [.. method.AdaptsModules ? tree.Members.Where(member => !member.IsIgnored) : tree.Layers.Where(layer => !contents.IsNoLayer(layer))];
        Others = [.. tree.Members.Where(member => !member.IsIgnored && !method.AdaptsModules && contents.IsNoLayer(member))];
        _overrides = new(() => tree.Members
            .SelectMany(member => Attributes(member).Select(attribute => (member.Path, attribute)))
            .ToLookup(found => found.Path, found => found.attribute, StringComparer.Ordinal));
        _mayHoldMore = new(() => new UnseenLayers(tree, contents, compilation, cancellation).MayBeThere);
    }

    /// <summary>The members that are, or may be at run time, layers that can be adapted.</summary>
    public IReadOnlyList<ModelMember> Layers { get; }

    /// <summary>TorchSharp's modules that can't be adapted.</summary>
    public IReadOnlyList<ModelMember> Others { get; }

    /// <summary>The members that [LoraIgnore] excludes.</summary>
    public IEnumerable<ModelMember> Ignored => _tree.Members.Where(member => member.IsIgnored);

    /// <summary>Whether there may be layers at paths that aren't known.</summary>
    public bool MayHoldMore => _mayHoldMore.Value;

    /// <summary>The layers that the adapter adapts, or may adapt.</summary>
    public IEnumerable<ModelMember> Adapted => Layers.Where(layer => (Of(layer) & Targeted.Yes) != 0);

    public bool MatchesLayer(string pattern) => Layers.Any(layer => Matches(pattern, layer));

    /// <summary>A layer that the target matches, if none of those is of a kind that the adapter adapts; otherwise null.</summary>
    public ModelMember? OfOtherKind(string target)
    {
        var matched = Layers.Where(layer => Matches(target, layer)).ToArray();
        return matched.Any(layer => HasOwnAttribute(layer) || Targeting.MayBe(_attribute, KindOf(layer))) ? null : matched.FirstOrDefault();
    }

    /// <summary>Whether the adapter adapts layers of the kind where they are targeted.</summary>
    public bool MayBe(LayerKind kind) => Targeting.MayBe(_attribute, kind);

    public static bool Matches(string pattern, ModelMember member) => TargetPattern.MayMatch(pattern, member.Path);

    /// <summary>The path for messages: * instead of an index.</summary>
    public static string Shown(ModelMember member) => member.Path.Replace(TargetPattern.AnyIndex, '*');

    /// <summary>Whether an attribute on the layer itself adapts it, whatever the targets are.</summary>
    public bool HasOwnAttribute(ModelMember layer) => Attributes(layer).Any();

    /// <summary>The kind of the layer, as far as it is known.</summary>
    public LayerKind KindOf(ModelMember layer) => _contents.KindOf(layer);

    public Targeted Of(ModelMember layer)
    {
        return HasOwnAttribute(layer)
            ? Targeting.DecideAnnotated(_attribute, layer.Path)
            : Targeting.Decide(_attribute, layer.Path, KindOf(layer), byDefault: _method.Defaults?.RequiredChoice is null && !IsInAdaptedLayer(layer));
    }

    private bool IsInAdaptedLayer(ModelMember layer)
    {
        return _tree.Members.Any(outer => outer.Kind is MemberKind.Layer or MemberKind.LayerList
            && layer.Path.StartsWith(outer.Path + ".", StringComparison.Ordinal)
            && (Of(outer) & Targeted.Yes) != 0);
    }

    /// <summary>Whether an attribute on the member, or on a member that contains it, sets the option for this adapter.</summary>
    public bool IsOverridden(ModelMember layer, string option)
    {
        return OverridesOf(layer).Any(attribute => attribute.NamedArguments.Any(argument => argument.Key == option));
    }

    /// <summary>
    /// The attributes for this adapter on the member and on the members that contain it, the outermost first; on one member, the one that names the adapter
    /// comes last.
    /// </summary>
    public IEnumerable<AttributeData> OverridesOf(ModelMember layer)
    {
        return Beginnings(layer.Path).SelectMany(path => _overrides.Value[path].OrderBy(attribute => AttributeReader.Read(attribute).Name is null ? 0 : 1));
    }

    private static IEnumerable<string> Beginnings(string path)
    {
        for (var end = path.IndexOf('.'); end >= 0; end = path.IndexOf('.', end + 1))
            yield return path.Substring(0, end);
        yield return path;
    }

    private IEnumerable<AttributeData> Attributes(ModelMember member)
    {
        // A module of a Sequential can have none: those of the field are for the whole.
        return (member.Value is null ? member.Field.GetAttributes().Concat(member.Field.AssociatedSymbol?.GetAttributes() ?? []) : [])
            .Where(attribute => LoraTypes.MethodOf(attribute.AttributeClass) == _method)
            .Where(attribute => AttributeReader.Read(attribute).Name is not { } name || name == (_attribute.Name ?? "default"));
    }
}
