using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats the statements of a constructor that make modules, or what their sizes hang on.</summary>
internal sealed class StatementReader(Names names, Variables variables, ClassFields fields, ValueReader values, ShapeReader shapes, Scope scope)
{
    private readonly CallStatementReader calls = new(names, variables, values, shapes);
    private int _loops;

    public IEnumerable<ShapeCode> Read(StatementSyntax statement)
    {
        switch (statement)
        {
            case EmptyStatementSyntax or LocalFunctionStatementSyntax:
                return [];
            case BlockSyntax block:
                return Block(block);
            case LocalDeclarationStatementSyntax local:
                return [.. local.Declaration.Variables.SelectMany(variable => Local(local.Declaration.Type, variable))];
            case ExpressionStatementSyntax { Expression: var expression }:
                return [.. Effect(expression)];
            case IfStatementSyntax choice:
                return If(choice);
            case ForStatementSyntax loop:
                return For(loop);
            case ForEachStatementSyntax loop:
                return ForEach(loop);
            case UsingStatementSyntax { Declaration: null, Expression: InvocationExpressionSyntax call, Statement: var body } when IsScope(call):
                return Read(body);
            default:
                throw ValueReader.Unknown(statement);
        }
    }

    /// <summary>What is put into a field or a variable, or a call.</summary>
    public IEnumerable<ShapeCode> Effect(ExpressionSyntax expression)
    {
        return expression switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } set => Assign(set.Left, set.Right),
            AssignmentExpressionSyntax compound =>
                Change(compound, compound.Left, values => ShapeCode.Join($" {compound.OperatorToken.Text} ", values(compound.Right))),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step =>
                Change(step, step.Operand, _ => step.OperatorToken.Text),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step =>
                Change(step, step.Operand, _ => step.OperatorToken.Text),
            InvocationExpressionSyntax call => calls.Read(call),
            _ => throw ValueReader.Unknown(expression),
        };
    }

    /// <summary>Puts a value into a field, as an initialiser does.</summary>
    public IEnumerable<ShapeCode> Set(ISymbol member, ExpressionSyntax value, SyntaxNode place)
    {
        if (fields.Value(member) is { } variable)
            return SetValue(variable, value);
        return fields.Find(member) switch
        {
            (var component, Hold.Module, var type) => [Line(ShapeReader.Slot("@this", component), " = ", shapes.Module(value, type))],
            (var component, Hold.Tensor, _) => [Line(
                $"@this.SetParameter({Emitting.Code.Text(component)}, ", shapes.IsBuffer(value) ? "null" : shapes.Parameter(value), ")")],
            _ => throw ValueReader.Unknown(place),
        };
    }

    public static ShapeCode Line(params ShapeCode[] parts) => new(ShapeCodeKind.Line, string.Empty, parts.ToEquatableArray());

    private IEnumerable<ShapeCode> Block(BlockSyntax block)
    {
        using var _ = variables.Open();
        return [.. block.Statements.SelectMany(Read)];
    }

    private IEnumerable<ShapeCode> Body(StatementSyntax body)
    {
        using var _ = variables.Open();
        return [.. Read(body)];
    }

    private IEnumerable<ShapeCode> Local(TypeSyntax written, VariableDeclaratorSyntax declared)
    {
        var name = declared.Identifier.ValueText;
        var type = written.IsVar ? null : names.TypeOf(written);
        var value = declared.Initializer?.Value;
        if (written is RefTypeSyntax)
            throw ValueReader.Unknown(declared);
        if (type is not null && MemberHold.Of(type, scope) == Hold.Module)
            return Module(type);
        if (value is null)
        {
            if (type is null || !Reach.CanName(type, names.Assembly))
                throw ValueReader.Unknown(declared);
            variables.Declare(name, Hold.Value, type);
            return [Line($"{TypeNames.FullName(type)} {Reads.Identifier(name)}")];
        }

        try
        {
            var (code, found) = values.Read(value);
            if (type is not null && !Reach.CanName(type, names.Assembly))
                throw ValueReader.Unknown(declared);
            var typeText = type is null ? "var" : TypeNames.FullName(type);
            variables.Declare(name, Hold.Value, type ?? found);
            return [Line($"{typeText} {Reads.Identifier(name)} = ", code)];
        }
        catch (UnknownShapeException unknown)
        {
            if (written.IsVar && IsShape(value))
                return Module(null);

            shapes.EnsureWithoutEffect(value);
            variables.Declare(name, Hold.Value, type).Unknown = unknown;
            return [];
        }

        IEnumerable<ShapeCode> Module(ITypeSymbol? declaredType)
        {
            var made = value is null ? ShapeCode.Of("null") : shapes.Module(value, declaredType);
            var moduleType = declaredType ?? Made(value!);
            variables.Declare(name, Hold.Module, moduleType);
            var shape = moduleType is not null && TorchTypes.IsModuleList(moduleType) ? "global::LoraGen.ContainerShape" : "global::LoraGen.ModuleShape";
            return [Line($"{shape} {Reads.Identifier(name)} = ", made)];
        }
    }

    private ITypeSymbol? Made(ExpressionSyntax value)
    {
        return value switch
        {
            ObjectCreationExpressionSyntax created => names.TypeOf(created.Type),
            InvocationExpressionSyntax call when shapes.Factory(call, "torch.nn") is { } factory => names.BuiltIn(factory),
            _ => shapes.Place(value)?.Type,
        };
    }

    private bool IsShape(ExpressionSyntax value)
    {
        return value switch
        {
            ObjectCreationExpressionSyntax created => names.TypeOf(created.Type) is { } type && TorchTypes.IsModule(type),
            InvocationExpressionSyntax call => shapes.Factory(call, "torch.nn") is not null,
            _ => shapes.Place(value) is not null,
        };
    }

    private IEnumerable<ShapeCode> Assign(ExpressionSyntax target, ExpressionSyntax value)
    {
        if (target is TupleExpressionSyntax several && value is TupleExpressionSyntax made && several.Arguments.Count == made.Arguments.Count)
            return Each(several, made);
        if (target is IdentifierNameSyntax name && variables.Find(name.Identifier.ValueText) is { } local)
        {
            return local.Hold == Hold.Value
                ? SetValue(local, value)
                : [Line(local.Code, " = ", shapes.Module(value, local.Type))];
        }

        if (target is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "weight" or "bias" } access
            && shapes.Place(access.Expression) is (var owner, { } type) && TorchTypes.IsBuiltIn(type))
        {
            var part = access.Name.Identifier.ValueText == "weight" ? ".Weight = " : ".Bias = ";
            return [Line(owner, part, shapes.Parameter(value))];
        }

        return Set(shapes.MemberOf(target) ?? throw ValueReader.Unknown(target.Parent!), value, target.Parent!);
    }

    // The values are computed before the first is put anywhere.
    private IEnumerable<ShapeCode> Each(TupleExpressionSyntax targets, TupleExpressionSyntax made)
    {
        var set = new HashSet<string>(targets.Arguments.Select(target => target.Expression.ToString()), StringComparer.Ordinal);
        if (made.DescendantNodes().Any(node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax && set.Contains(node.ToString())))
            throw ValueReader.Unknown(targets.Parent!);
        return [.. targets.Arguments.Zip(made.Arguments, (target, value) => Assign(target.Expression, value.Expression)).SelectMany(lines => lines)];
    }

    private IEnumerable<ShapeCode> SetValue(Variable variable, ExpressionSyntax value)
    {
        try
        {
            var code = values.Read(value).Code;
            variable.IsSet = true;
            return [SetLine(variable, ShapeCode.Join(" = ", code))];
        }
        catch (UnknownShapeException unknown)
        {
            // Read earlier in the loop, it would be the value of the round before.
            if (_loops > 0)
                throw;
            shapes.EnsureWithoutEffect(value);
            variable.Unknown ??= unknown;
            return [];
        }
    }

    private IEnumerable<ShapeCode> Change(SyntaxNode place, ExpressionSyntax target, Func<Func<ExpressionSyntax, ShapeCode>, ShapeCode> change)
    {
        var variable = target is IdentifierNameSyntax name && variables.Find(name.Identifier.ValueText) is { } local
            ? local
            : fields.Value(shapes.MemberOf(target)) ?? throw ValueReader.Unknown(place);
        if (variable.Hold != Hold.Value || variable.Unknown is not null || !variable.IsSet)
            throw ValueReader.Unknown(place);
        return [SetLine(variable, change(value => values.Read(value).Code))];
    }

    private static ShapeCode SetLine(Variable variable, ShapeCode change)
    {
        return variable.Code.Kind == ShapeCodeKind.Field
            ? new ShapeCode(ShapeCodeKind.SetField, variable.Code.Text, new[] { change }.ToEquatableArray())
            : Line(variable.Code, change);
    }

    private IEnumerable<ShapeCode> If(IfStatementSyntax choice)
    {
        // A guard: where it throws there is no model to count.
        var body = choice.Statement is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : choice.Statement;
        if (choice.Else is null && body is ThrowStatementSyntax
            && !choice.Condition.DescendantNodesAndSelf().Any(HasEffect))
            return [];

        var head = ShapeCode.Join("if (", values.Read(choice.Condition).Code, ")");
        var lines = new List<ShapeCode> { Nested(head, Body(choice.Statement)) };
        if (choice.Else is { } otherwise)
            lines.Add(Nested("else", Body(otherwise.Statement)));
        return lines;
    }

    private static bool HasEffect(SyntaxNode node)
    {
        return node is AssignmentExpressionSyntax or SingleVariableDesignationSyntax
            || node.IsKind(SyntaxKind.PostIncrementExpression) || node.IsKind(SyntaxKind.PreIncrementExpression)
            || node.IsKind(SyntaxKind.PostDecrementExpression) || node.IsKind(SyntaxKind.PreDecrementExpression);
    }

    private static ShapeCode Nested(ShapeCode head, IEnumerable<ShapeCode> body)
    {
        return new ShapeCode(ShapeCodeKind.Block, string.Empty, new[] { head }.Concat(body).ToEquatableArray());
    }

    private IEnumerable<ShapeCode> For(ForStatementSyntax loop)
    {
        if (loop is not { Declaration: { } declared, Condition: { } condition }
            || declared.Variables.Only() is not { Initializer.Value: var start } counter
            || loop.Incrementors.Only() is not { } step)
            throw ValueReader.Unknown(loop);

        var type = declared.Type;
        using var _ = variables.Open();
        var (from, fromType) = values.Read(start);
        var counterType = type.IsVar ? fromType ?? names.Int : names.TypeOf(type);
        if (counterType is null || !Reach.CanName(counterType, names.Assembly))
            throw ValueReader.Unknown(loop);
        var name = counter.Identifier.ValueText;
        variables.Declare(name, Hold.Value, counterType);
        var next = Effect(step).Single() is { Kind: ShapeCodeKind.Line } changed ? ShapeCode.Join([.. changed.Parts]) : throw ValueReader.Unknown(step);
        var typeText = type.IsVar ? "var" : TypeNames.FullName(counterType);
        var head = ShapeCode.Join($"for ({typeText} {Reads.Identifier(name)} = ", from, "; ", values.Read(condition).Code, "; ", next, ")");
        return [Loop(head, loop.Statement)];
    }

    private IEnumerable<ShapeCode> ForEach(ForEachStatementSyntax loop)
    {
        using var _ = variables.Open();
        var name = loop.Identifier.ValueText;
        if (loop.Expression is InvocationExpressionSyntax call && shapes.IsRange(call))
        {
            var bounds = call.ArgumentList.Arguments.Select(argument => values.Read(argument.Expression).Code).ToArray();
            variables.Declare(name, Hold.Value, names.Int);
            var range = ShapeCode.Join($"foreach (var {Reads.Identifier(name)} in global::System.Linq.Enumerable.Range(", bounds[0], ", ", bounds[1], "))");
            return [Loop(range, loop.Statement)];
        }

        var (items, type) = values.Read(loop.Expression);
        variables.Declare(name, Hold.Value, (type as IArrayTypeSymbol)?.ElementType);
        return [Loop(ShapeCode.Join($"foreach (var {Reads.Identifier(name)} in ", items, ")"), loop.Statement)];
    }

    private ShapeCode Loop(ShapeCode head, StatementSyntax body)
    {
        _loops++;
        try
        {
            return Nested(head, Body(body));
        }
        finally
        {
            _loops--;
        }
    }

    private bool IsScope(InvocationExpressionSyntax call) => shapes.Factory(call, "torch") is "no_grad" or "NewDisposeScope";
}
