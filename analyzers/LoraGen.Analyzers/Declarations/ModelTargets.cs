using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using LoraGen.Targets;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>What an adapter's targets and exclusions meet in its model.</summary>
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
        Layers = [.. tree.Layers.Where(layer => !contents.IsNoLayer(layer))];
        Others = [.. tree.Members.Where(member => !member.IsIgnored && contents.IsNoLayer(member))];
        _overrides = new(() => tree.Members
            .SelectMany(member => Attributes(member).Select(attribute => (member.Path, attribute)))
            .ToLookup(found => found.Path, found => found.attribute, StringComparer.Ordinal));
        _mayHoldMore = new(() => new UnseenLayers(tree, contents, compilation, cancellation).MayBeThere);
    }

    /// <summary>What is, or may turn out to be, a layer that can be adapted.</summary>
    public IReadOnlyList<ModelMember> Layers { get; }

    /// <summary>TorchSharp's modules that can't be adapted.</summary>
    public IReadOnlyList<ModelMember> Others { get; }

    /// <summary>What [LoraIgnore] keeps out.</summary>
    public IEnumerable<ModelMember> Ignored => _tree.Members.Where(member => member.IsIgnored);

    /// <summary>Whether there may be layers at paths that aren't known.</summary>
    public bool MayHoldMore => _mayHoldMore.Value;

    /// <summary>The layers that the adapter is surely or perhaps for.</summary>
    public IEnumerable<ModelMember> Adapted => Layers.Where(layer => (Of(layer) & Targeted.Yes) != 0);

    public bool MeetsLayer(string pattern) => Layers.Any(layer => Meets(pattern, layer));

    public static bool Meets(string pattern, ModelMember member) => TargetPattern.MayMatch(pattern, member.Path);

    /// <summary>Its path as a reader would write it: * for an index.</summary>
    public static string Shown(ModelMember member) => member.Path.Replace(TargetPattern.AnyIndex, '*');

    /// <summary>Whether an attribute on the layer itself asks for it, whatever the targets.</summary>
    public bool IsAskedFor(ModelMember layer) => Attributes(layer).Any();

    /// <summary>The kind of layer that it is, as far as that is known.</summary>
    public LayerKind KindOf(ModelMember layer) => _contents.KindOf(layer);

    public Targeted Of(ModelMember layer)
    {
        return IsAskedFor(layer) ? Targeting.DecideAsked(_attribute, layer.Path) : Targeting.Decide(_attribute, layer.Path, KindOf(layer));
    }

    /// <summary>Whether an attribute on the member, or on one that it stands in, sets the option for this adapter.</summary>
    public bool IsOverridden(ModelMember layer, string option)
    {
        return OverridesOf(layer).Any(attribute => attribute.NamedArguments.Any(argument => argument.Key == option));
    }

    /// <summary>
    /// The attributes for this adapter on the member and on those that it is in, the outermost first; of several on one member the one that names the adapter
    /// last.
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
        return member.Field.GetAttributes()
            .Concat(member.Field.AssociatedSymbol?.GetAttributes() ?? [])
            .Where(attribute => LoraTypes.MethodOf(attribute.AttributeClass) == _method)
            .Where(attribute => AttributeReader.Read(attribute).Name is not { } name || name == (_attribute.Name ?? "default"));
    }
}
