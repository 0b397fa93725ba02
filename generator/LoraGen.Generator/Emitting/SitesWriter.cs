using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The sites within one module class: in a type of their own, or for the root in the adapter itself.</summary>
internal static class SitesWriter
{
    private const string Collector = "global::LoraGen.CompilerServices.SiteCollector";

    public static void Type(IndentedWriter writer, NodeModel node, MethodFacts method)
    {
        writer.Line();
        writer.Line($"/// <summary>The sites within a <see cref=\"{Code.Cref(node.ModuleType)}\"/>.</summary>");
        using (writer.Open($"public sealed class {node.TypeName}"))
        {
            Fields(writer, node, method);
            using (writer.Open($"internal {node.TypeName}({Collector} sites, string path)"))
                Find(writer, node, method);
            Properties(writer, node, method);
        }
    }

    /// <summary>The fields of the properties that always have a site; if a model has none there, reading the property throws.</summary>
    public static void Fields(IndentedWriter writer, NodeModel node, MethodFacts method)
    {
        var certain = node.Members.Where(member => member.IsCertain).ToArray();
        foreach (var member in certain)
            writer.Line($"private readonly {PropertyType(member, method)}? {Field(member)};");
        if (certain.Length > 0)
            writer.Line();
    }

    /// <summary>The assignments of the properties, in order of declaration.</summary>
    public static void Find(IndentedWriter writer, NodeModel node, MethodFacts method)
    {
        foreach (var member in node.Members)
            writer.Line($"{(member.IsCertain ? Field(member) : member.Property)} = {Found(member, method)};");
    }

    public static void Properties(IndentedWriter writer, NodeModel node, MethodFacts method)
    {
        foreach (var member in node.Members)
        {
            writer.Line();
            writer.Line($"/// <summary>{Summary(member, method)}</summary>");
            var type = PropertyType(member, method);
            if (!member.IsCertain)
            {
                writer.Line($"public {type} {member.Property} {{ get; }}");
                continue;
            }

            writer.Line($"/// <exception cref=\"global::System.InvalidOperationException\">The model has nothing to adapt there.</exception>");
            writer.Line($"public {type} {member.Property} => {Field(member)} ?? throw {Collector}.Missing({Code.Text(member.Facts.Component)});");
        }
    }

    private static string Found(MemberModel member, MethodFacts method)
    {
        var site = SiteType(member, method);
        var path = $"path + {Code.Text(member.Facts.Component)}";
        return member.Shape switch
        {
            MemberShape.Site => $"sites.Find<{site}>({path})",
            MemberShape.SiteList => $"sites.List({path}, layer => sites.Find<{site}>(layer))",
            MemberShape.Node => $"sites.Resolve({path}) is {{ }} at{member.Property} ? new {site}(sites, at{member.Property} + \".\") : null",
            MemberShape.NodeList => $"sites.List({path}, module => new {site}(sites, module + \".\"))",
            _ => throw new InvalidOperationException($"Unknown shape: {member.Shape}."),
        };
    }

    private static string SiteType(MemberModel member, MethodFacts method) => member.NodeType ?? method.SiteType;

    private static string PropertyType(MemberModel member, MethodFacts method)
    {
        var site = SiteType(member, method);
        return member.Shape switch
        {
            MemberShape.NodeList => $"global::System.Collections.Generic.IReadOnlyList<{site}>",
            MemberShape.SiteList => $"global::System.Collections.Generic.IReadOnlyList<{site}?>",
            _ => member.IsCertain ? site : site + "?",
        };
    }

    private static string Field(MemberModel member) => "_" + char.ToLowerInvariant(member.Property[0]) + member.Property.Substring(1);

    private static string Summary(MemberModel member, MethodFacts method)
    {
        var path = $"<c>{Code.Doc(member.Facts.Component)}</c>";
        var text = Code.Doc(member.Text);
        return member.Shape switch
        {
            MemberShape.Node => $"The sites within {path}: {text}.",
            MemberShape.NodeList => $"The sites within each module of {path}: {text}.",
            MemberShape.SiteList => $"{method.Label} on each layer of {path}: {text}; null for a layer that is not targeted.",
            _ => $"{method.Label} on {path}: {text}{(member.IsCertain ? string.Empty : "; null if there is nothing to adapt")}.",
        };
    }
}
