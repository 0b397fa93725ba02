using static TorchSharp.torch;

namespace LoraGen;

/// <summary>GLoRA on a Linear: W' = W + W⊙A + B, b' = b + b⊙D + E + W·C.</summary>
/// <remarks>
/// The parameters depend on the options; get them by name. A low-rank part X has the factors LeftX and RightX: <c>site["LeftA"]</c> [out, rank],
/// <c>site["RightA"]</c> [rank, in], and the same for B; <c>site["LeftC"]</c> [in, rank], <c>site["RightC"]</c> [rank, 1]. Otherwise it is <c>site["A"]</c>
/// [out, 1], <c>site["C"]</c> [in, 1], <c>site["D"]</c> [out], or [1] for a constant. Left factors, vectors and constants start at zero.
/// </remarks>
public sealed class GloraSite : Site
{
    internal GloraSite(LayerFacts facts, BaseLayer layer, GloraMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>Returns A [out, in], [out, 1] or [1] as a tensor, and in the same way the other parts; null if the part is none.</summary>
    /// <param name="name">A, B, C, D or E.</param>
    internal Tensor? Part(string name)
    {
        return Own.Find($"Left{name}") is { } left ? left.matmul(Own[$"Right{name}"]) : Own.Find(name);
    }
}
