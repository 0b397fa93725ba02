using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>Passes to the collector the members that it can't find among the registered modules: collections, and modules that are not registered.</summary>
internal static class MembersWriter
{
    public static void Write(IndentedWriter writer, AdapterModel adapter, MemberAccessors members)
    {
        foreach (var (module, member) in adapter.Modules.SelectMany(module => module.Members.Select(member => (module, member))))
        {
            if (MemberAccessors.IsRead(member))
            {
                var kind = member.Kind == MemberKind.UnregisteredCollection ? "Collection" : "Member";
                writer.Line($"sites.{kind}<{module.TypeName}>({Code.Text(member.Component)}, static model => {members.Read(member)});");
            }
        }
    }
}
