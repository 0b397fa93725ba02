using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>Short descriptions of layers.</summary>
internal static class LayerDescription
{
    /// <summary>The kind by the member's type, or else by what the constructor's text creates.</summary>
    public static LayerKind KindOf(MemberFacts member) => member.Layer == LayerKind.Unknown ? LayerKinds.Named(member.Made?.Factory) : member.Layer;

    /// <summary>Whether the member is, or may be at run time, a layer itself. Containers never are, and neither are modules of other factories.</summary>
    public static bool IsLayer(MemberFacts member)
    {
        return member.Kind switch
        {
            MemberKind.Layer or MemberKind.LayerList => true,
            MemberKind.Open => (member.Made is null || KindOf(member) != LayerKind.Unknown) && !IsContainer(member),
            _ => false,
        };
    }

    /// <summary>Whether the member, or each module of the list, may be what the method adapts.</summary>
    public static bool IsSite(MemberFacts member, MethodFacts method)
    {
        return IsLayer(member) || (method.AdaptsModules && member.Kind is MemberKind.Module or MemberKind.ModuleList);
    }

    private static string Kernel(LayerText made)
    {
        return made.Kernel is null ? string.Empty : $", kernel {made.Kernel}{(made.Groups == "1" ? string.Empty : $", groups {made.Groups}")}";
    }

    private static bool IsContainer(MemberFacts member) => member.TypeName.StartsWith("global::TorchSharp.Modules.", StringComparison.Ordinal);

    /// <summary><c>Linear(width → 4 * width)</c> if the constructor's text shows it, or else the member's type.</summary>
    public static string Of(MemberFacts member)
    {
        return member.Made is { Inputs: { } inputs, Outputs: { } outputs } made ? $"{made.Factory}({inputs} → {outputs}{Kernel(made)})" : member.TypeLabel;
    }
}
