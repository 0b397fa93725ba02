using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats calls of the user's own methods, which are mirrored into functions as constructors are.</summary>
internal sealed class MethodCalls(BodyReader body)
{
    /// <summary>The method of the user's that is called; null for any other, and where its name and the number of arguments do not tell which.</summary>
    public CalledMethod? Find(InvocationExpressionSyntax call)
    {
        if (call.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && body.Variables.Find(name) is { } variable)
            return variable.Function;

        var arguments = call.ArgumentList.Arguments;
        var found = Candidates(call.Expression).Where(method => ConstructorChoice.Takes(method, arguments)).Take(2).ToArray();
        return found.Length == 1 ? CalledMethod.Of(found[0], body.Functions) : null;
    }

    /// <summary>Whether a method of the class is called, or a function within one, which may change the model.</summary>
    public bool IsOfClass(InvocationExpressionSyntax call)
    {
        return call.Expression switch
        {
            SimpleNameSyntax name => body.Variables.Find(name.Identifier.ValueText) is not null
                || body.Names.InstanceMember(name.Identifier.ValueText) is { IsStatic: false },
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } => true,
            _ => false,
        };
    }

    public ShapeCode Read(InvocationExpressionSyntax call, CalledMethod method)
    {
        var (function, captured, fields) = body.Functions.Mirror(method, body, call);
        if (function.HasEffect && !RunsInOrder(call))
            throw new UnknownShapeException($"{ValueReader.Text(call)} changes the model from within an expression", call);

        var given = call.ArgumentList.Arguments;
        var arguments = method.Parameters.Select(parameter => body.Functions.Argument(parameter, given, body))
            .Concat(captured.Select(name => Captured(name, call)))
            .Concat(fields.Select(field => Field(field, call)));
        return new ShapeCode(ShapeCodeKind.Call, function.Name, arguments.ToEquatableArray());
    }

    private IEnumerable<IMethodSymbol> Candidates(ExpressionSyntax called)
    {
        return called switch
        {
            IdentifierNameSyntax { Identifier.ValueText: var name } => body.Names.Methods(name),
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax { Identifier.ValueText: var name } } =>
                body.Names.OwnMethods(name),
            MemberAccessExpressionSyntax { Expression: var owner, Name: IdentifierNameSyntax { Identifier.ValueText: var name } }
                when !body.Variables.IsNamed(owner) && body.Names.TypeNamed(owner) is INamedTypeSymbol type => body.Names.StaticMethods(type, name),
            _ => [],
        };
    }

    // A function within the body sees the body's variables.
    private ShapeCode Captured(string name, SyntaxNode place)
    {
        return body.Variables.Find(name) switch
        {
            null => body.Functions.Unknown(new UnknownShapeException($"{name} can't be told from the source", place)),
            { Unknown: { } unknown } => body.Functions.Unknown(unknown.At(place)),
            { Code: var code } => code,
        };
    }

    // The function sees the constructor's own variable.
    private ShapeCode Field(ISymbol field, SyntaxNode place)
    {
        var variable = body.Fields.Value(field) ?? throw ValueReader.Unknown(place);
        if (variable.Unknown is { } unknown)
            throw unknown.At(place);
        variable.IsSet = true;
        return ShapeCode.Join("ref ", variable.Code);
    }

    // Arguments that nobody needs are left out, others are put into another order.
    private bool RunsInOrder(InvocationExpressionSyntax call)
    {
        for (SyntaxNode node = call; ; node = node.Parent!)
        {
            switch (node.Parent)
            {
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax or ArgumentListSyntax or EqualsValueClauseSyntax
                    or VariableDeclaratorSyntax or VariableDeclarationSyntax or TupleExpressionSyntax:
                case ArgumentSyntax { NameColon: null }:
                case AssignmentExpressionSyntax set when set.Right == node:
                case InvocationExpressionSyntax outer when IsKeptWhole(outer):
                    continue;
                case ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax
                    or FieldDeclarationSyntax or PropertyDeclarationSyntax:
                    return true;
                default:
                    return false;
            }
        }
    }

    private bool IsKeptWhole(InvocationExpressionSyntax call)
    {
        if (Find(call) is not null)
            return false;
        return body.Shapes.Factory(call, "torch.nn") is "Sequential" or "ModuleList" or "ModuleDict"
            || call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "append" }
            || call.Expression is IdentifierNameSyntax { Identifier.ValueText: "register_module" or "add_module" };
    }
}
