using LoraGen.Generator.Reading;
using LoraGen.Targets;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>TorchSharp's modules that have parameters but no child modules: nothing in them can be adapted.</summary>
internal static class OpaqueModules
{
    private static readonly HashSet<string> Names = new(
        [
            "MultiheadAttention", "Transformer", "TransformerEncoder", "TransformerEncoderLayer", "TransformerDecoder", "TransformerDecoderLayer",
            "LSTM", "GRU", "RNN", "LSTMCell", "GRUCell", "RNNCell",
        ],
        StringComparer.Ordinal);

    public static bool Is(ITypeSymbol type) => TorchTypes.IsBuiltIn(type) && Names.Contains(type.Name);

    /// <summary>Whether a pattern names such a module, or something in it.</summary>
    public static bool IsTargeted(string pattern, ModelMember member)
    {
        return Is(member.Type) && Beginnings(pattern).Any(beginning => TargetPattern.MayMatch(beginning, member.Path));
    }

    // "self_attn.out_proj" gives itself and "self_attn".
    private static IEnumerable<string> Beginnings(string pattern)
    {
        yield return pattern;
        for (var end = pattern.LastIndexOf('.'); end > 0; end = pattern.LastIndexOf('.', end - 1))
            yield return pattern.Substring(0, end);
    }
}
