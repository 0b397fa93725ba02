using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class LoopWithoutDisposeScope() : CodeRule(
    "LORA4014",
    "A training loop has no DisposeScope",
    "Every iteration leaves its tensors to the garbage collector, which doesn't see how large they are; begin the loop with {0}",
    DiagnosticSeverity.Info,
    FixKind.InsertStatement)
{
    public override bool MayConcern(SyntaxNode node)
    {
        return node is StatementSyntax && node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == "backward");
    }

    public override void Check(IOperation operation, Report report)
    {
        if (operation is not ILoopOperation { Body: { } body } loop)
            return;

        var backward = Calls(body).FirstOrDefault(call => call.TargetMethod.Name == "backward" && TorchCalls.IsOperator(call) && IsIn(call, loop));
        if (backward is null || !IsStepped(backward) || FreesTensors(loop))
            return;

        var scope = $"using var {FreeName(loop)} = {Qualifier(loop)}NewDisposeScope();";
        var first = (body as IBlockOperation)?.Operations.FirstOrDefault(each => !each.IsImplicit);
        report.At(backward.Syntax.GetLocation(), first is null || Keeps(loop) ? null : FixHint.InsertStatement(scope, first.Syntax.GetLocation()), scope);
    }

    private static IEnumerable<IInvocationOperation> Calls(IOperation operation) => operation.Descendants().OfType<IInvocationOperation>();

    // Directly: not in a loop within it, and not in a lambda.
    private static bool IsIn(IOperation call, ILoopOperation loop)
    {
        return call.Ancestors().First(outer => outer is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation) == loop;
    }

    // By an optimizer, in the loop or, if gradients are accumulated in it, in one around it.
    private static bool IsStepped(IOperation backward)
    {
        return backward.Ancestors()
            .TakeWhile(outer => outer is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            .OfType<ILoopOperation>()
            .SelectMany(Calls)
            .Any(call => call.TargetMethod.Name == "step" && StepReader.IsOptimizer(call.Instance?.Type));
    }

    // By a scope anywhere in the method, or by hand.
    private static bool FreesTensors(ILoopOperation loop)
    {
        return Locals.Root(loop).Descendants().Any(operation => operation switch
        {
            IInvocationOperation { TargetMethod.Name: "NewDisposeScope" or "Collect" } => true,
            IInvocationOperation { TargetMethod.Name: "Dispose", Instance: { } instance } => TorchCalls.IsTensor(instance),
            IUsingDeclarationOperation declaration => declaration.DeclarationGroup.GetDeclaredVariables().Any(local => IsTensorOrScope(local.Type)),
            IUsingOperation held => held.Resources.DescendantsAndSelf().Any(each => each.Type is { } type && IsTensorOrScope(type)),
            _ => false,
        });
    }

    private static bool IsTensorOrScope(ITypeSymbol type) => TorchTypes.IsTensor(type) || type.Name == "DisposeScope";

    // A tensor that is stored outside of the loop would be disposed with the scope.
    private static bool Keeps(ILoopOperation loop)
    {
        return loop.Descendants().Any(operation => operation switch
        {
            IAssignmentOperation assignment => IsTensors(assignment.Value) && !IsOfLoop(assignment.Target, loop),
            IArgumentOperation { Parent: IInvocationOperation { Instance: { } instance } call } argument =>
                IsTensors(argument.Value) && !TorchCalls.IsOperator(call) && !TorchTypes.IsModule(instance.Type!),
            IReturnOperation { ReturnedValue: { } value } => IsTensors(value),
            _ => false,
        });
    }

    private static bool IsTensors(IOperation value)
    {
        return value.Type switch
        {
            null => false,
            INamedTypeSymbol { TypeArguments.IsEmpty: false } named => named.TypeArguments.Any(TorchTypes.IsTensor),
            IArrayTypeSymbol array => TorchTypes.IsTensor(array.ElementType),
            var type => TorchTypes.IsTensor(type),
        };
    }

    private static bool IsOfLoop(IOperation target, ILoopOperation loop)
    {
        return target is ILocalReferenceOperation { Local: var local } && local.DeclaringSyntaxReferences.Any(place => loop.Syntax.Span.Contains(place.Span));
    }

    private static string FreeName(ILoopOperation loop)
    {
        var taken = new HashSet<string>(Locals.Root(loop).Syntax.DescendantTokens().Select(token => token.ValueText), StringComparer.Ordinal);
        return Enumerable.Range(1, int.MaxValue - 1).Select(number => number == 1 ? "scope" : $"scope{number}").First(name => !taken.Contains(name));
    }

    private static string Qualifier(ILoopOperation loop)
    {
        var isInScope = loop.SemanticModel!.LookupSymbols(loop.Syntax.SpanStart, name: "NewDisposeScope").Any();
        return isInScope ? string.Empty : loop.SemanticModel.LookupSymbols(loop.Syntax.SpanStart, name: "torch").Any() ? "torch." : "TorchSharp.torch.";
    }
}
