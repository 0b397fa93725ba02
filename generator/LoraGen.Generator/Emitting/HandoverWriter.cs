using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The statement that hands one member to the collector.</summary>
internal static class HandoverWriter
{
    public static void Write(IndentedWriter writer, MemberModel member, MethodFacts method, string read)
    {
        var path = $"path + {Code.Text(member.Facts.Component)}";
        var options = member.Overrides.Count == 0 ? "method" : $"method with {{ {Code.Options(member.Overrides)} }}";
        var add = member.IsCertain ? nameof(Handover.Add) : nameof(Handover.AddIfTargeted);
        var site = SitesWriter.SiteType(member, method);
        writer.Line(member.Handover switch
        {
            Handover.Ignore when member.Facts.Kind == MemberKind.Loose => $"sites.IgnoreLoose({path}, {read});",
            Handover.Ignore => $"sites.Ignore({path}, {read});",
            Handover.Train when member.Facts.Kind == MemberKind.Loose => $"{IfThere()}sites.TrainLoose({path}, {read});",
            Handover.Train => $"{IfThere()}sites.Train({path}, {read});",
            Handover.Loose => $"sites.AddLoose({path}, {read}, {options});",
            Handover.Add => $"{Assign(member)}sites.Add<{site}>({path}, {read}, {options});",
            Handover.AddIfTargeted => $"{Assign(member)}sites.AddIfTargeted<{site}>({path}, {read}, {options});",
            Handover.LayerList =>
                $"{Assign(member)}sites.List({path}, {read}, (child, layer) => sites.{add}<{site}>(child, layer, {options}));",
            Handover.Node => $"{Assign(member)}{read} is {{ }} {Local(member)} ? {Node(Local(member))} : null;",
            Handover.NodeList =>
                $"{Assign(member)}sites.List({path}, {read}, (child, module) => new {site}(sites, child + \".\", module, {options}));",
            _ => throw new InvalidOperationException($"No such handover: {member.Handover}."),
        });

        // A member that may be null has nothing to train then.
        string IfThere() => member.Facts.IsNullable ? $"if ({read} is not null) " : string.Empty;

        string Node(string module) => $"new {site}(sites, path + {Code.Text(member.Facts.Component + ".")}, {module}, {options})";
    }

    private static string Assign(MemberModel member) => SitesWriter.Target(member) is { } target ? target + " = " : string.Empty;

    private static string Local(MemberModel member) => "found" + member.Property;
}
