using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>How members are read: by name where they are accessible, else through an accessor that the runtime resolves without reflection.</summary>
internal sealed class MemberAccessors
{
    private readonly Dictionary<(string Type, string Field), (string Name, MemberFacts Member)> _accessors = [];

    public MemberAccessors(IEnumerable<NodeModel> nodes)
    {
        foreach (var (node, member) in nodes.SelectMany(node => node.Members.Select(member => (node, member.Facts))))
        {
            if (member.Kind == MemberKind.Unreadable || member.Access.Field is not { } field)
                continue;

            var name = $"{node.ModuleName}_{member.Name}";
            while (_accessors.Values.Any(accessor => accessor.Name == name))
                name += "_";
            if (!_accessors.ContainsKey((member.Access.DeclaringType, field)))
                _accessors.Add((member.Access.DeclaringType, field), (name, member));
        }
    }

    /// <summary>The expression that reads the member of <c>model</c>.</summary>
    public string Read(MemberFacts member)
    {
        if (member.Kind == MemberKind.Unreadable)
            return $"global::LoraGen.SiteCollector.Child(model, {Code.Text(member.Component)})";

        var read = member.Access.Field is { } field
            ? $"Members.{_accessors[(member.Access.DeclaringType, field)].Name}(model)"
            : $"model.{Code.Identifier(member.Name)}";
        return member.TypeName.StartsWith("global::TorchSharp.torch.nn.IModule<", StringComparison.Ordinal)
            ? $"{read} as global::TorchSharp.torch.nn.Module"
            : read;
    }

    public void Write(IndentedWriter writer)
    {
        if (_accessors.Count == 0)
            return;

        writer.Line();
        using (writer.Open("private static class Members"))
        {
            var isFirst = true;
            foreach (var pair in _accessors)
            {
                if (!isFirst)
                    writer.Line();
                isFirst = false;
                writer.Line(
                    "[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, "
                    + $"Name = {Code.Text(pair.Key.Field)})]");
                writer.Line($"public static extern ref {pair.Value.Member.TypeName} {pair.Value.Name}({pair.Key.Type} model);");
            }
        }
    }
}
