using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The sites within one module class: a type of their own, or for the root the adapter itself.</summary>
internal static class SitesWriter
{
    public static void Type(IndentedWriter writer, NodeModel node, MethodFacts method, MemberAccessors members)
    {
        writer.Line();
        writer.Line($"/// <summary>The sites within a <see cref=\"{Code.Cref(node.ModuleType)}\"/>.</summary>");
        using (writer.Open($"public sealed class {node.TypeName}"))
        {
            Fields(writer, node, method);
            var parameters = $"global::LoraGen.SiteCollector sites, string path, {node.ModuleType} model, {method.MethodType} method";
            using (writer.Open($"internal {node.TypeName}({parameters})"))
                Handovers(writer, node, method, members);
            Properties(writer, node, method);
        }
    }

    /// <summary>Fields behind the properties that promise a site: a model that has none there is told so when it is asked for.</summary>
    public static void Fields(IndentedWriter writer, NodeModel node, MethodFacts method)
    {
        var certain = node.Members.Where(HasField).ToArray();
        foreach (var member in certain)
            writer.Line($"private readonly {PropertyType(member, method)}? {Field(member)};");
        if (certain.Length > 0)
            writer.Line();
    }

    /// <summary>Hands every member over, in order of declaration, then whatever else is registered.</summary>
    public static void Handovers(IndentedWriter writer, NodeModel node, MethodFacts method, MemberAccessors members)
    {
        foreach (var member in node.Members.Where(member => member.Handover != Handover.Loose))
            HandoverWriter.Write(writer, member, method, members.Read(member.Facts));
        writer.Line("sites.Rest(path, model, method);");

        // What stands in them may be registered by hand, under a name of its own, which is the better one.
        foreach (var member in node.Members.Where(member => member.Handover == Handover.Loose))
            HandoverWriter.Write(writer, member, method, members.Read(member.Facts));
    }

    public static void Properties(IndentedWriter writer, NodeModel node, MethodFacts method)
    {
        foreach (var member in node.Members.Where(member => member.Property is not null))
        {
            writer.Line();
            writer.Line($"/// <summary>{Summary(member, method)}</summary>");
            var type = PropertyType(member, method);
            if (!HasField(member))
            {
                writer.Line($"public {type} {member.Property} {{ get; }}");
                continue;
            }

            writer.Line($"/// <exception cref=\"global::System.InvalidOperationException\">The model has nothing to adapt there.</exception>");
            var missing = $"global::LoraGen.SiteCollector.Missing({Code.Text(member.Facts.Component)})";
            writer.Line($"public {type} {member.Property} => {Field(member)} ?? throw {missing};");
        }
    }

    /// <summary>What the handover assigns to; null for a member that is not shown.</summary>
    public static string? Target(MemberModel member) => HasField(member) ? Field(member) : member.Property;

    /// <summary>The type of one site of the member.</summary>
    public static string SiteType(MemberModel member, MethodFacts method) => member.NodeType ?? method.SiteType;

    private static bool HasField(MemberModel member)
    {
        return member.Property is not null && member.Handover switch
        {
            Handover.Add or Handover.AddIfTargeted => member.IsCertain,
            Handover.Node => !member.Facts.IsNullable,
            _ => false,
        };
    }

    private static string PropertyType(MemberModel member, MethodFacts method)
    {
        var site = SiteType(member, method);
        return member.Handover switch
        {
            Handover.NodeList => $"global::System.Collections.Generic.IReadOnlyList<{site}>",
            Handover.LayerList => $"global::System.Collections.Generic.IReadOnlyList<{site}?>",
            _ => HasField(member) ? site : site + "?",
        };
    }

    private static string Field(MemberModel member) => "_" + char.ToLowerInvariant(member.Property![0]) + member.Property.Substring(1);

    private static string Summary(MemberModel member, MethodFacts method)
    {
        var path = $"<c>{Code.Doc(member.Facts.Component)}</c>";
        var text = Code.Doc(member.Text);
        return member.Handover switch
        {
            Handover.Node => $"The sites within {path}: {text}.",
            Handover.NodeList => $"The sites within each module of {path}: {text}.",
            Handover.LayerList => $"{method.Label} on each layer of {path}: {text}; null where one is not targeted.",
            _ => $"{method.Label} on {path}: {text}{(HasField(member) ? string.Empty : "; null where there is nothing to adapt")}.",
        };
    }
}
