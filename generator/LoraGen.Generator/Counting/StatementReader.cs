using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats the statements of a body that make modules, or what their sizes hang on.</summary>
internal sealed class StatementReader(BodyReader body)
{
    public IEnumerable<ShapeCode> Read(StatementSyntax statement)
    {
        switch (statement)
        {
            case EmptyStatementSyntax or LocalFunctionStatementSyntax:
                return [];
            case BlockSyntax block:
                return Block(block);
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration: var local }:
                return [.. local.Variables.SelectMany(variable => Local(local.Type, variable.Identifier, variable.Initializer?.Value))];
            case ExpressionStatementSyntax { Expression: var expression }:
                return [.. Effect(expression)];
            case IfStatementSyntax choice:
                return body.Branches.If(choice);
            case SwitchStatementSyntax choice:
                return body.Branches.Switch(choice);
            case ForStatementSyntax loop:
                return body.Loops.For(loop);
            case ForEachStatementSyntax loop:
                return body.Loops.ForEach(loop);
            case ForEachVariableStatementSyntax loop when body.Loops.SetsWeights(loop):
                return [];
            case WhileStatementSyntax loop:
                return body.Loops.While(loop);
            case DoStatementSyntax loop:
                return body.Loops.Do(loop);
            case BreakStatementSyntax or ContinueStatementSyntax:
                return [Lines.Local(statement is BreakStatementSyntax ? "break" : "continue")];
            case ReturnStatementSyntax end:
                return [body.Ending(end.Expression)];
            case ThrowStatementSyntax { Expression: { } thrown }:
                return [Lines.Local(Lines.Throw(ValueReader.Text(thrown)))];
            case UsingStatementSyntax { Declaration: null, Expression: InvocationExpressionSyntax call, Statement: var inner } when IsScope(call):
                return Read(inner);
            default:
                throw ValueReader.Unknown(statement);
        }
    }

    /// <summary>What stands in a loop or under a condition: what it declares ends with it.</summary>
    public IEnumerable<ShapeCode> Body(StatementSyntax statement)
    {
        return All(statement is BlockSyntax block ? block.Statements : [statement]);
    }

    // What it declares, another block may declare again.
    private IEnumerable<ShapeCode> Block(BlockSyntax block)
    {
        var lines = All(block.Statements).ToArray();
        return lines.Length == 0 ? [] : [Lines.Nested(string.Empty, lines)];
    }

    /// <summary>The statements of a block.</summary>
    public IEnumerable<ShapeCode> All(IReadOnlyList<StatementSyntax> statements)
    {
        using var _ = body.Variables.Open();
        foreach (var function in statements.OfType<LocalFunctionStatementSyntax>())
        {
            var name = function.Identifier.ValueText;
            var variable = body.Variables.Declare(name, Hold.Value, null);
            variable.Unknown = new UnknownShapeException($"{name} can't be told from the source");
            variable.Function = CalledMethod.Of(function, body.Names.Type, body);
        }

        return [.. statements.SelectMany(Read)];
    }

    /// <summary>What is put into a field or a variable, or a call.</summary>
    public IEnumerable<ShapeCode> Effect(ExpressionSyntax expression)
    {
        return expression switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } set => body.Assignments.Assign(set.Left, set.Right),
            AssignmentExpressionSyntax compound => body.Assignments.Change(
                compound, compound.Left, () => ShapeCode.Join($" {compound.OperatorToken.Text} ", body.Values.Read(compound.Right).Code)),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step =>
                body.Assignments.Change(step, step.Operand, () => step.OperatorToken.Text),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step =>
                body.Assignments.Change(step, step.Operand, () => step.OperatorToken.Text),
            InvocationExpressionSyntax call => body.Calls.Read(call),
            _ => throw ValueReader.Unknown(expression),
        };
    }

    /// <summary>The declaration of a variable.</summary>
    public IEnumerable<ShapeCode> Local(TypeSyntax written, SyntaxToken identifier, ExpressionSyntax? value)
    {
        var name = identifier.ValueText;
        var type = written.IsVar ? null : body.Names.TypeOf(written);
        if (written is RefTypeSyntax)
            throw ValueReader.Unknown(identifier.Parent!);
        if (type is not null ? ShapeListReader.IsList(type) : value is not null && body.Lists.IsList(value))
            return List(name, type, value ?? throw ValueReader.Unknown(identifier.Parent!));
        if (type is not null && body.Functions.HoldOf(type) == Hold.Module)
            return Module(name, type, value);
        if (value is null)
        {
            if (type is null || !Reach.CanName(type, body.Names.Assembly))
                throw ValueReader.Unknown(identifier.Parent!);
            body.Variables.Declare(name, Hold.Value, type);

            // Where a switch gives it a value in each of its cases, the conditions that it becomes do not show it.
            return [Lines.Local($"{TypeNames.FullName(type)} {Reads.Identifier(name)} = default")];
        }

        try
        {
            var (code, found) = body.Values.Read(value, type);
            if (type is not null && !Reach.CanName(type, body.Names.Assembly))
                throw ValueReader.Unknown(identifier.Parent!);
            var typeText = type is null ? "var" : TypeNames.FullName(type);
            body.Variables.Declare(name, Hold.Value, type ?? found);
            return [Lines.Local($"{typeText} {Reads.Identifier(name)} = ", code)];
        }
        catch (UnknownShapeException unknown)
        {
            if (written.IsVar && body.Shapes.IsShape(value))
                return Module(name, null, value);

            body.Effects.EnsureNone(value);
            var variable = body.Variables.Declare(name, Hold.Value, type);
            (variable.Unknown, variable.IsBuffer) = (unknown, body.Buffers.IsBuffer(value));
            return [];
        }
    }

    private IEnumerable<ShapeCode> Module(string name, ITypeSymbol? declaredType, ExpressionSyntax? value)
    {
        var made = value is null ? "null" : body.Shapes.Module(value, declaredType);
        body.Variables.Declare(name, Hold.Module, declaredType ?? body.Shapes.TypeOf(value!));
        return [Lines.Local($"global::LoraGen.ModuleShape {Reads.Identifier(name)} = ", made)];
    }

    private IEnumerable<ShapeCode> List(string name, ITypeSymbol? type, ExpressionSyntax value)
    {
        try
        {
            var made = body.Lists.Kept(value, type);
            body.Variables.Declare(name, Hold.List, type).IsMadeHere = value is not InvocationExpressionSyntax;
            return [Lines.Local($"global::LoraGen.ShapeList {Reads.Identifier(name)} = ", made)];
        }
        catch (UnknownShapeException unknown)
        {
            body.Effects.EnsureNone(value);
            body.Variables.Declare(name, Hold.List, type).Unknown = unknown;
            return [];
        }
    }

    private bool IsScope(InvocationExpressionSyntax call) => body.Shapes.Factory(call, "torch") is "no_grad" or "NewDisposeScope";
}
