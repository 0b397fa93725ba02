using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>Layers in a few words.</summary>
internal static class LayerDescription
{
    /// <summary>By its type, else by what the constructor's text makes.</summary>
    public static LayerKind KindOf(MemberFacts member) => member.Layer == LayerKind.Unknown ? LayerKinds.Named(member.Made?.Factory) : member.Layer;

    /// <summary>Whether the member is, or may turn out to be, a layer itself: a container never is, nor what another factory made.</summary>
    public static bool IsLayer(MemberFacts member)
    {
        return member.Kind switch
        {
            MemberKind.Layer or MemberKind.LayerList => true,
            MemberKind.Open => (member.Made is null || KindOf(member) != LayerKind.Unknown) && !IsContainer(member),
            _ => false,
        };
    }

    private static string Kernel(LayerText made)
    {
        return made.Kernel is null ? string.Empty : $", kernel {made.Kernel}{(made.Groups == "1" ? string.Empty : $", groups {made.Groups}")}";
    }

    private static bool IsContainer(MemberFacts member) => member.TypeName.StartsWith("global::TorchSharp.Modules.", StringComparison.Ordinal);

    /// <summary><c>Linear(width → 4 * width)</c> where the constructor's text tells, else the member's type.</summary>
    public static string Of(MemberFacts member)
    {
        return member.Made is { Inputs: { } inputs, Outputs: { } outputs } made ? $"{made.Factory}({inputs} → {outputs}{Kernel(made)})" : member.TypeLabel;
    }
}
