using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class MaskCoversRow() : CodeRule(
    "LORA3010",
    "The gradients of an attention whose mask can cover a whole row are wrong",
    "Where {0} covers a whole row, such as a padded position's, the gradients of scaled_dot_product_attention are wrong on the CPU, although its output "
        + "is right; write it with matmul and softmax, or leave each row a position",
    DiagnosticSeverity.Warning)
{
    private const string Attention = "scaled_dot_product_attention";

    public override bool MayConcern(SyntaxNode node) => TorchCalls.IsNamed(node, Attention);

    public override void Check(IOperation operation, Report report)
    {
        if (!TorchCalls.IsOf(operation, Attention)
            || operation is not IInvocationOperation call
            || TorchCalls.Value(call, "attn_mask") is not { } mask
            || GradScope.At(call) is { IsOff: true }
            || !MaskReader.CanCoverARow(mask))
        {
            return;
        }

        report.At(mask.Syntax.GetLocation(), mask.Syntax);
    }
}
