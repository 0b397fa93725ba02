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
            MemberKind.UnregisteredCollection => $"{place}: TorchSharp does not register it; its layers are adapted and stand in Sites by path, "
                + "but the model moves and saves only those that register_module was called for",
            MemberKind.UnreadableCollection => $"{place}: TorchSharp does not register it and it can't be read from outside, "
                + "so nothing in it is adapted; make it a ModuleList",
            MemberKind.Unreadable => $"{place}: can't be read from outside the class; its layers, if any, are found at attach and stand in Sites by path",
            MemberKind.Open when !LayerDescription.IsLayer(member) => $"{place}: its layers, if any, are found at attach and stand in Sites by path",
            MemberKind.Open when member.Made is null => $"{place}: what it holds is seen at attach",
            _ => null,
        };
    }
}
