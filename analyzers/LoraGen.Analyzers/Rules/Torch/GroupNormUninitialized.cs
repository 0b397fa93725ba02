using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class GroupNormUninitialized() : CodeRule(
    "LORA3011",
    "The parameters of a GroupNorm are uninitialized memory",
    "TorchSharp leaves the weight and bias of {0} uninitialized, so it computes with whatever was in memory; "
        + "call init.ones_ on its weight and init.zeros_ on its bias",
    DiagnosticSeverity.Warning,
    FixKind.InsertStatement)
{
    private const string Norm = "GroupNorm";

    public override bool MayConcern(SyntaxNode node) => TorchCalls.IsNamed(node, Norm);

    public override void Check(IOperation operation, Report report)
    {
        // Whether a computed argument creates parameters isn't known.
        if (!TorchCalls.IsOf(operation, Norm)
            || operation is not IInvocationOperation call
            || TorchCalls.Value(call, "affine")?.ConstantValue is not { HasValue: true, Value: true })
        {
            return;
        }

        var starts = new ParameterStarts(call);
        if (!starts.MayBeSet)
            report.At(call.Syntax.GetLocation(), FixOf(call, starts.Holder), starts.Holder?.Name ?? "this GroupNorm");
    }

    private static FixHint? FixOf(IInvocationOperation call, ISymbol? holder)
    {
        if (holder is null || !SymbolEqualityComparer.Default.Equals(TypeOf(holder), call.Type) || Next(call, holder) is not { } next)
            return null;

        var init = call.SemanticModel!.LookupNamespacesAndTypes(call.Syntax.SpanStart, name: "init").Any(IsInit) ? "init" : "TorchSharp.torch.nn.init";
        return FixHint.InsertStatement($"{init}.ones_({holder.Name}.weight!); {init}.zeros_({holder.Name}.bias!);", next);
    }

    private static bool IsInit(ISymbol found) => found is INamedTypeSymbol { ContainingType: { } outer } && TorchTypes.IsNn(outer);

    private static ITypeSymbol? TypeOf(ISymbol member) => (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type ?? (member as ILocalSymbol)?.Type;

    // The statement before which to insert: the one after the creation, or the last of the only constructor.
    private static Location? Next(IInvocationOperation call, ISymbol holder)
    {
        if (call.Syntax.FirstAncestorOrSelf<StatementSyntax>() is { } statement)
        {
            var following = (statement.Parent as BlockSyntax)?.Statements.SkipWhile(each => each != statement).Skip(1).FirstOrDefault();
            return following?.GetLocation();
        }

        var constructors = holder.ContainingType.InstanceConstructors;
        return constructors.Length == 1 && constructors[0].DeclaringSyntaxReferences is { Length: 1 } references
            && references[0].GetSyntax() is ConstructorDeclarationSyntax constructor && constructor.SyntaxTree == call.Syntax.SyntaxTree
            ? (constructor.Body?.Statements.LastOrDefault() ?? (SyntaxNode?)constructor.ExpressionBody)?.GetLocation()
            : null;
    }
}
