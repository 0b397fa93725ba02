using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>Makes the sites types of a root: one for each module class that holds something to show, to override or to ignore.</summary>
internal sealed class NodeBuilder
{
    private readonly RootFacts _root;
    private readonly PathSurvey _survey;
    private readonly AdapterModel _adapter;
    private readonly SiteDocumentation _documentation;
    private readonly Dictionary<string, string> _typeNames = [];

    public NodeBuilder(RootFacts root, PathSurvey survey, AdapterModel adapter)
    {
        _root = root;
        _survey = survey;
        _adapter = adapter;
        _documentation = new SiteDocumentation(root, adapter.Attribute, adapter.AdapterName);
        NameTypes();
    }

    public IEnumerable<NodeModel> Build()
    {
        var nested = _root.Modules.Where(module => _typeNames.ContainsKey(module.TypeName)).Select(module => Node(module, _typeNames[module.TypeName]));
        return [Node(_root.Modules[0], _adapter.TypeName), .. nested];
    }

    private void NameTypes()
    {
        var needed = Needed();
        var taken = new HashSet<string>([_adapter.TypeName], StringComparer.Ordinal);
        foreach (var module in _root.Modules.Where((module, index) => needed.Contains(module.TypeName) && (index > 0 || IsWithinItself(module))))
        {
            var name = module.SimpleName + "Sites";
            while (!taken.Add(name))
                name += "_";
            _typeNames.Add(module.TypeName, name);
        }
    }

    // The root is then shown twice: as the adapter, and where it stands inside.
    private bool IsWithinItself(ModuleFacts root)
    {
        return _root.Modules.SelectMany(module => module.Members).Any(member => member.ModuleType == root.TypeName);
    }

    private HashSet<string> Needed()
    {
        var needed = new HashSet<string>([_root.Modules[0].TypeName], StringComparer.Ordinal);
        var known = 0;
        while (known != needed.Count)
        {
            known = needed.Count;
            foreach (var module in _root.Modules.Where(module => module.Members.Any(member => IsWorthShowing(module, member, needed))))
                needed.Add(module.TypeName);
        }

        return needed;
    }

    private bool IsWorthShowing(ModuleFacts module, MemberFacts member, HashSet<string> needed)
    {
        return member.IsIgnored
            || member.IsTrainedBeside(_adapter.AdapterName)
            || member.Kind == MemberKind.Loose
            || MemberOverrides.IsOverridden(member, _adapter.AdapterName)
            || (LayerDescription.IsLayer(member) && (_survey.Of(module, member) & Targeted.Yes) != 0)
            || (member.ModuleType is { } type && needed.Contains(type));
    }

    private NodeModel Node(ModuleFacts module, string typeName)
    {
        var names = new PropertyNames([_adapter.TypeName, .. _typeNames.Values]);
        var members = module.Members
            .Select(Readable)
            .Where(member => member.Kind is not MemberKind.Unregistered)
            .Select(member => Member(module, member, names));
        return new NodeModel(typeName, module.TypeName, module.SimpleName, members.ToEquatableArray());
    }

    // What is to train is handed over in any case: attaching says that there is nothing registered.
    private MemberFacts Readable(MemberFacts member)
    {
        return member.Kind == MemberKind.Unregistered && member.IsTrainedBeside(_adapter.AdapterName) ? member with { Kind = MemberKind.Unreadable } : member;
    }

    private MemberModel Member(ModuleFacts module, MemberFacts member, PropertyNames names)
    {
        var targeted = _survey.Of(module, member);
        var nodeType = member.ModuleType is { } type && _typeNames.TryGetValue(type, out var found) ? found : null;
        var handover = Handed(member, targeted, nodeType);
        var isShown = handover is Handover.Node or Handover.NodeList || (LayerDescription.IsLayer(member) && (targeted & Targeted.Yes) != 0);
        return new MemberModel(
            member,
            handover,
            isShown && handover is not (Handover.Ignore or Handover.Train) ? names.Take(member.Name) : null,
            member.Kind == MemberKind.LayerList ? IsAskedFor(member, targeted) : targeted == Targeted.Yes && IsSurelyLayer(member),
            SiteKind(member),
            nodeType,
            MemberOverrides.Of(member, _adapter.AdapterName),
            _documentation.Of(member));
    }

    private Handover Handed(MemberFacts member, Targeted targeted, string? nodeType)
    {
        if (member.IsTrainedBeside(_adapter.AdapterName))
            return Handover.Train;
        if (member.IsIgnored)
            return Handover.Ignore;
        return member.Kind switch
        {
            MemberKind.Module when nodeType is not null => Handover.Node,
            MemberKind.ModuleList when nodeType is not null => Handover.NodeList,
            MemberKind.LayerList => Handover.LayerList,
            MemberKind.Loose => Handover.Loose,
            MemberKind.Layer or MemberKind.Open or MemberKind.Unreadable when IsAskedFor(member, targeted) && IsMeant(member) => Handover.Add,
            _ => Handover.AddIfTargeted,
        };
    }

    // At whatever indices.
    private bool IsAskedFor(MemberFacts member, Targeted targeted)
    {
        return targeted == Targeted.Yes || (targeted == Targeted.Perhaps && MemberOverrides.IsOverridden(member, _adapter.AdapterName));
    }

    // Without targets a site of a member of an unknown kind is one of the default kind.
    private LayerKind SiteKind(MemberFacts member)
    {
        var isDefault = _adapter.Attribute.Targets.Count == 0 && !IsMeant(member);
        return isDefault ? LayerKind.Linear : LayerDescription.KindOf(member);
    }

    // Without targets a member of an unknown kind is adapted if it turns out to be of the default one.
    private bool IsMeant(MemberFacts member)
    {
        return LayerDescription.KindOf(member) != LayerKind.Unknown || MemberOverrides.IsOverridden(member, _adapter.AdapterName);
    }

    private static bool IsSurelyLayer(MemberFacts member) => !member.IsNullable && LayerDescription.KindOf(member) != LayerKind.Unknown;
}
