using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Loops over all that a model is made of, which give the weights their first values and leave the sizes.</summary>
internal sealed class WeightValues(BodyReader body)
{
    // Of torch's methods that change a tensor, those that leave its size.
    private static readonly HashSet<string> InPlace = new(StringComparer.Ordinal)
    {
        "normal_", "uniform_", "zero_", "fill_", "copy_", "mul_", "div_", "add_", "sub_", "clamp_", "requires_grad_",
    };

    /// <summary>Whether it is <c>foreach (var module in modules())</c> with nothing but <c>init.kaiming_normal_(…)</c> and its like in it.</summary>
    public bool IsSet(CommonForEachStatementSyntax loop) => IsOfModel(loop.Expression) && loop.Statement.DescendantNodesAndSelf().All(IsAllowed);

    private bool IsOfModel(ExpressionSyntax all)
    {
        return all is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call
            && call.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
            && Called(call) is ("modules" or "children" or "parameters" or "named_modules" or "named_children" or "named_parameters") and var name
            && body.Names.InstanceMember(name) is null && body.Variables.Find(name) is null;
    }

    private bool IsAllowed(SyntaxNode node)
    {
        return node switch
        {
            AssignmentExpressionSyntax set => set.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "requires_grad" },
            ReturnStatementSyntax or YieldStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
                or ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax => false,
            InvocationExpressionSyntax call => IsAllowed(call),
            _ => !Effects.Puts(node),
        };
    }

    private bool IsAllowed(InvocationExpressionSyntax call)
    {
        if (body.Shapes.Factory(call, "torch.nn.init") is not null || body.Shapes.Factory(call, "torch") is "no_grad")
            return true;
        return call.Expression is MemberAccessExpressionSyntax { Expression: var owner } && Called(call) is var name
            && (InPlace.Contains(name)
                || name is "dim" or "size" or "numel" or "Contains" or "StartsWith" or "EndsWith"
                || (!body.Variables.IsNamed(owner) && body.Names.TypeNamed(owner) is { Name: "Math" or "MathF", ContainingNamespace.Name: "System" }));
    }

    private static string Called(InvocationExpressionSyntax call)
    {
        return call.Expression switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => string.Empty,
        };
    }
}
