using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>Makes the sites types of a root: one for each module class that holds something to show.</summary>
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

    /// <summary>The root of an adapter without sites.</summary>
    public static NodeModel WithoutMembers(ModuleFacts root, string typeName) => new(typeName, root.TypeName, root.SimpleName, default);

    public IEnumerable<NodeModel> Build()
    {
        var root = Node(_root.Modules[0], _adapter.TypeName);
        var nested = _root.Modules
            .Where(module => _typeNames.ContainsKey(module.TypeName))
            .Select(module => Node(module, _typeNames[module.TypeName]))
            .ToArray();
        var used = new HashSet<string?>(nested.Prepend(root).SelectMany(node => node.Members).Select(member => member.NodeType));
        return [root, .. nested.Where(node => used.Contains(node.TypeName))];
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

    // The root then has two types: the adapter, and the sites of the inner module.
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
        return !IsLeftOut(member) && (IsTargetedLayer(module, member) || (member.ModuleType is { } type && needed.Contains(type)));
    }

    private NodeModel Node(ModuleFacts module, string typeName)
    {
        var names = new PropertyNames([_adapter.TypeName, .. _typeNames.Values]);
        var members = module.Members.Where(member => !IsLeftOut(member)).Select(member => Member(module, member, names)).OfType<MemberModel>();
        var type = module.IsSequential ? "global::TorchSharp.Modules.Sequential" : module.TypeName;
        return new NodeModel(typeName, type, module.SimpleName, members.ToEquatableArray());
    }

    private MemberModel? Member(ModuleFacts module, MemberFacts member, PropertyNames names)
    {
        var nodeType = member.ModuleType is { } type && _typeNames.TryGetValue(type, out var found) ? found : null;
        if (Shape(module, member, nodeType) is not { } shape)
            return null;

        var isCertain = !member.IsNullable && shape switch
        {
            MemberShape.Site => _survey.Of(module, member) == Targeted.Yes
                && (member.Kind == MemberKind.Module || LayerDescription.KindOf(member) != LayerKind.Unknown),
            MemberShape.Node => true,
            _ => false,
        };
        return new MemberModel(
            member, shape, names.Take(member.Name), isCertain, shape is MemberShape.Node or MemberShape.NodeList ? nodeType : null, _documentation.Of(member));
    }

    private MemberShape? Shape(ModuleFacts module, MemberFacts member, string? nodeType)
    {
        return member.Kind switch
        {
            MemberKind.Module when nodeType is not null => MemberShape.Node,
            MemberKind.ModuleList when nodeType is not null => MemberShape.NodeList,
            MemberKind.LayerList or MemberKind.ModuleList when IsTargetedLayer(module, member) => MemberShape.SiteList,
            _ when IsTargetedLayer(module, member) => MemberShape.Site,
            MemberKind.Layer when nodeType is not null => MemberShape.Node,
            MemberKind.LayerList when nodeType is not null => MemberShape.NodeList,
            _ => null,
        };
    }

    private bool IsTargetedLayer(ModuleFacts module, MemberFacts member)
    {
        return LayerDescription.IsSite(member, _root.Method) && (_survey.Of(module, member) & Targeted.Yes) != 0;
    }

    private bool IsLeftOut(MemberFacts member) => member.IsIgnored || member.IsTrainedBeside(_adapter.AdapterName);
}
