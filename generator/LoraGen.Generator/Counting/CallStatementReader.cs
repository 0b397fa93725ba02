using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats a call that stands as a statement.</summary>
internal sealed class CallStatementReader(Names names, Variables variables, ValueReader values, ShapeReader shapes)
{
    /// <summary>The registrations and additions that it stands for; none for what leaves the sizes alone.</summary>
    public IEnumerable<ShapeCode> Read(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        switch (call.Expression)
        {
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                return OfClass(name, call, arguments);
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax, Name.Identifier.ValueText: var name }:
                return OfClass(name, call, arguments);
            case MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: "Add" or "append" }
                when shapes.Place(owner) is (var container, { } type) && IsContainer(type):
                return [StatementReader.Line("((global::LoraGen.ContainerShape)", container, ").Add(", Added(call), ")")];
            case MemberAccessExpressionSyntax { Expression: var owner } when IsWithoutEffect(owner):
                return [];
            default:
                throw ValueReader.Unknown(call);
        }
    }

    private static bool IsContainer(ITypeSymbol type) => TorchTypes.IsBuiltIn(type) && type.Name is "ModuleList" or "ModuleDict" or "Sequential";

    private ShapeCode Added(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        return arguments.Count switch
        {
            1 when arguments[0].Expression is TupleExpressionSyntax { Arguments: { Count: 2 } pair } => shapes.Named(pair[0].Expression, pair[1].Expression),
            1 => shapes.Module(arguments[0].Expression, null),
            2 => shapes.Named(arguments[0].Expression, arguments[1].Expression),
            _ => throw ValueReader.Unknown(call),
        };
    }

    private IEnumerable<ShapeCode> OfClass(string name, InvocationExpressionSyntax call, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        if (names.InstanceMember(name) is not null || variables.Find(name) is not null)
            throw ValueReader.Unknown(call);
        return (name, arguments.Count) switch
        {
            ("RegisterComponents", 0) => [StatementReader.Line("@this.RegisterComponents()")],
            ("register_module" or "add_module", 2) =>
                [StatementReader.Line("@this.RegisterModule(", Name(arguments[0]), ", ", shapes.Module(arguments[1].Expression, null), ")")],
            ("register_parameter", 2) =>
                [StatementReader.Line("@this.RegisterParameter(", Name(arguments[0]), ", ", shapes.Parameter(arguments[1].Expression), ")")],
            ("register_buffer" or "to" or "train" or "eval", _) => [],
            _ => throw ValueReader.Unknown(call),
        };
    }

    private ShapeCode Name(ArgumentSyntax argument)
    {
        return argument.Expression is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } call
            && call.ArgumentList.First() is { } named
            ? Emitting.Code.Text(named.ToString().Split('.').Last().TrimStart('@'))
            : values.Read(argument.Expression).Code;
    }

    // Weights' values, and checks of arguments.
    private bool IsWithoutEffect(ExpressionSyntax owner)
    {
        return names.TypeNamed(owner) is { } type
            && (Names.IsTorch(type, "torch.nn.init")
                || (type.ContainingNamespace?.Name == "System" && (type.Name is "Console" || type.Name.EndsWith("Exception", StringComparison.Ordinal)))
                || type is { Name: "Debug", ContainingNamespace.Name: "Diagnostics" });
    }
}
