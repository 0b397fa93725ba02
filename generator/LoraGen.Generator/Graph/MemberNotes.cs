using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>Notes about members whose contents the compiler can't see, so that none is skipped silently.</summary>
internal static class MemberNotes
{
    public static IEnumerable<string> Of(ModuleFacts module)
    {
        return module.Members.Where(member => member.TrainedBeside.Count == 0).Select(member => Of(module, member)).OfType<string>();
    }

    private static string? Of(ModuleFacts module, MemberFacts member)
    {
        var place = $"{module.SimpleName}.{member.Name} ({member.TypeLabel})";
        return member.Kind switch
        {
            MemberKind.UnregisteredCollection => $"{place}: TorchSharp does not register it; its layers are adapted and are in Sites by path, "
                + "but the model only moves and saves those that are registered by register_module",
            MemberKind.UnreadableCollection => $"{place}: TorchSharp does not register it, and generated code can't read it, "
                + "so nothing in it is adapted; make it a ModuleList",
            MemberKind.Unreadable => $"{place}: generated code can't read it; its layers, if any, are found when attaching and are in Sites by path",
            MemberKind.Open when !LayerDescription.IsLayer(member) => $"{place}: its layers, if any, are found when attaching and are in Sites by path",
            MemberKind.Open when member.Made is null => $"{place}: its contents are determined when attaching",
            _ => null,
        };
    }
}
