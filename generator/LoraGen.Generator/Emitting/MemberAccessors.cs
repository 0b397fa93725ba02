using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;

namespace LoraGen.Generator.Emitting;

/// <summary>How members are read: by name if they are accessible, otherwise through an accessor that the .NET runtime resolves without reflection.</summary>
internal sealed class MemberAccessors
{
    private readonly Dictionary<(string Type, string Field), (string Name, string FieldType)> _accessors = [];
    private readonly string _className;
    private readonly NameNeeds _needs;

    public MemberAccessors(AdapterModel adapter)
    {
        // Not nested: accessors within a generic type are not resolved.
        _className = adapter.TypeName + "Members";
        _needs = adapter.Needs;
        foreach (var (module, member) in adapter.Modules.SelectMany(module => module.Members.Select(member => (module, member))))
        {
            if (IsRead(member))
                Add($"{module.SimpleName}_{member.Name}", member.TypeName, member.Access);
        }

        var ofLayers = adapter.LayerTypes.SelectMany(layer => new[] { layer.InFeatures, layer.OutFeatures, layer.Weight, layer.Bias });
        foreach (var member in ofLayers.OfType<MemberRead>())
            Add($"Layer_{member.Name}", member.TypeName, member.Access);
    }

    /// <summary>Whether generated code can read the member.</summary>
    public static bool IsRead(MemberFacts member) => member.Kind is not (MemberKind.Unreadable or MemberKind.UnreadableCollection);

    /// <summary>The expression that reads a module's member of <c>model</c>.</summary>
    public string Read(MemberFacts member)
    {
        var read = Read(member.Name, member.Access, "model");
        if (member.Held is { } held)
            return held.Replace(HeldModules.Value, read);

        return member.TypeName.StartsWith("global::TorchSharp.torch.nn.IModule<", StringComparison.Ordinal)
            ? $"{read} as global::TorchSharp.torch.nn.Module"
            : read;
    }

    /// <summary>The expression that reads the named member of <paramref name="owner"/>.</summary>
    public string Read(string name, MemberAccess access, string owner)
    {
        return access.Field is { } field ? $"{_className}.{_accessors[(access.DeclaringType, field)].Name}({owner})" : $"{owner}.{Code.Identifier(name)}";
    }

    public void Write(IndentedWriter writer)
    {
        if (_accessors.Count == 0)
            return;

        writer.Line();
        NeedsWriter.Allow(writer, _needs);
        using (writer.Open($"file static class {_className}"))
        {
            foreach (var pair in _accessors)
            {
                writer.Separate();
                writer.Line(
                    "[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, "
                    + $"Name = {Code.Text(pair.Key.Field)})]");
                writer.Line($"public static extern ref {pair.Value.FieldType} {pair.Value.Name}({pair.Key.Type} model);");
            }
        }
    }

    private void Add(string name, string fieldType, MemberAccess access)
    {
        if (access.Field is not { } field || _accessors.ContainsKey((access.DeclaringType, field)))
            return;

        while (_accessors.Values.Any(accessor => accessor.Name == name))
            name += "_";
        _accessors.Add((access.DeclaringType, field), (name, fieldType));
    }
}
