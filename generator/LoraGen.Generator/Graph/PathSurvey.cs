using LoraGen.Generator.Models;
using LoraGen.Targets;

namespace LoraGen.Generator.Graph;

/// <summary>
/// Follows every path through the module classes of a root and determines for each member whether it is targeted there. A class that is reached by several
/// paths has one sites type, so its members' answers are joined.
/// </summary>
internal sealed class PathSurvey
{
    private readonly AttributeFacts _attribute;
    private readonly string _adapter;
    private readonly bool _adaptsModules;
    private readonly Dictionary<string, ModuleFacts> _modules;
    private readonly Dictionary<(string Module, string Member), Targeted> _answers = [];
    private readonly List<(string Path, MemberFacts Member, Targeted Targeted)> _layers = [];
    private readonly List<(string Path, MemberFacts Member)> _trained = [];
    private readonly HashSet<string> _open = [];

    public PathSurvey(RootFacts root, AttributeFacts attribute, string adapter)
    {
        _attribute = attribute;
        _adapter = adapter;
        _adaptsModules = root.Method.AdaptsModules;
        _modules = root.Modules.ToDictionary(module => module.TypeName, StringComparer.Ordinal);
        Follow(root.Modules[0], string.Empty, byDefault: true);
    }

    /// <summary>Each layer that may be targeted, in order of declaration.</summary>
    public IReadOnlyList<(string Path, MemberFacts Member, Targeted Targeted)> Layers => _layers;

    /// <summary>Each module that is trained as a whole.</summary>
    public IReadOnlyList<(string Path, MemberFacts Member)> Trained => _trained;

    public Targeted Of(ModuleFacts module, MemberFacts member)
    {
        return _answers.TryGetValue((module.TypeName, member.Name), out var answer) ? answer : Targeted.Never;
    }

    private void Follow(ModuleFacts module, string path, bool byDefault)
    {
        if (!_open.Add(module.TypeName))
        {
            JoinAtAnyDepth(module, []);
            return;
        }

        // Ignored members are never adapted, whatever the targets are.
        foreach (var member in module.Members.Where(member => !member.IsIgnored || member.IsTrainedBeside(_adapter)))
            Follow(module, member, path + member.Component, byDefault);
        _open.Remove(module.TypeName);
    }

    private void Follow(ModuleFacts module, MemberFacts member, string path, bool byDefault)
    {
        if (member.IsTrainedBeside(_adapter))
        {
            _trained.Add((path, member));
            return;
        }

        switch (member.Kind)
        {
            case MemberKind.Module when _adaptsModules:
                FollowLayer(module, member, path, byDefault);
                break;
            case MemberKind.ModuleList when _adaptsModules:
                FollowLayer(module, member, $"{path}.{TargetPattern.AnyIndex}", byDefault);
                break;
            case MemberKind.Module:
                Follow(_modules[member.ModuleType!], path + ".", byDefault);
                break;
            case MemberKind.ModuleList:
                Follow(_modules[member.ModuleType!], $"{path}.{TargetPattern.AnyIndex}.", byDefault);
                break;
            case MemberKind.LayerList:
                FollowLayer(module, member, $"{path}.{TargetPattern.AnyIndex}", byDefault);
                break;
            case MemberKind.Layer or MemberKind.Open or MemberKind.Unreadable:
                FollowLayer(module, member, path, byDefault);
                break;
        }
    }

    // A recursive class has paths of any depth: whatever it reaches may or may not be targeted there.
    private void JoinAtAnyDepth(ModuleFacts module, HashSet<string> reached)
    {
        if (!reached.Add(module.TypeName))
            return;

        foreach (var member in module.Members.Where(member => !member.IsIgnored && !member.IsTrainedBeside(_adapter)))
        {
            Join(module, member, Targeting.AtAnyPath(_attribute, LayerDescription.KindOf(member), MemberOverrides.IsOverridden(member, _adapter)));
            if (member.ModuleType is { } type)
                JoinAtAnyDepth(_modules[type], reached);
        }
    }

    // What is in an adapted layer is adapted by name only.
    private void FollowLayer(ModuleFacts module, MemberFacts member, string path, bool byDefault)
    {
        var targeted = MemberOverrides.IsOverridden(member, _adapter)
            ? Targeting.DecideAnnotated(_attribute, path)
            : Targeting.Decide(_attribute, path, LayerDescription.KindOf(member), byDefault);
        Join(module, member, targeted);
        _layers.Add((path, member, targeted));
        if (member.ModuleType is { } inner)
            Follow(_modules[inner], path + ".", byDefault && (targeted & Targeted.Yes) == 0);
    }

    private void Join(ModuleFacts module, MemberFacts member, Targeted targeted)
    {
        var key = (module.TypeName, member.Name);
        _answers[key] = _answers.TryGetValue(key, out var before) ? before | targeted : targeted;
    }
}
