using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Evaluating;

/// <summary>Computes the expressions of generated code.</summary>
internal sealed class ExpressionRunner
{
    private readonly GeneratedClass _class;
    private readonly MemberRunner _members;

    public ExpressionRunner(GeneratedClass @class)
    {
        _class = @class;
        _members = new MemberRunner(@class, this);
    }

    public bool Holds(ExpressionSyntax condition, Locals locals) => Value(condition, locals) is bool holds ? holds : throw new NotConstantException();

    /// <summary>What a loop goes through.</summary>
    public IReadOnlyList<object?> Items(ExpressionSyntax value, Locals locals) => Value(value, locals) as object?[] ?? throw new NotConstantException();

    /// <summary>An expression that stands as a statement.</summary>
    public void Run(ExpressionSyntax expression, Locals locals)
    {
        // A call may return nothing.
        if (expression is InvocationExpressionSyntax call)
            _members.Call(call, locals);
        else
            Value(expression, locals);
    }

    public object? Value(ExpressionSyntax expression, Locals locals)
    {
        _class.Step();
        return expression switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } => null,
            LiteralExpressionSyntax literal => literal.Token.Value,
            ParenthesizedExpressionSyntax inner => Value(inner.Expression, locals),
            CheckedExpressionSyntax inner => Value(inner.Expression, locals),
            IdentifierNameSyntax name => locals.Read(name.Identifier.ValueText),
            AssignmentExpressionSyntax assignment => Assign(assignment, locals),
            PrefixUnaryExpressionSyntax unary => Prefix(unary, locals),
            PostfixUnaryExpressionSyntax unary => Postfix(unary, locals),
            BinaryExpressionSyntax binary => Binary(binary, locals),
            ConditionalExpressionSyntax choice => Choose(choice, locals),
            SwitchExpressionSyntax choice => Choose(choice, locals),
            CastExpressionSyntax cast => Conversions.Cast(cast.Type, Value(cast.Expression, locals)),
            IsPatternExpressionSyntax test => Meets(test.Pattern, Value(test.Expression, locals), locals),
            TupleExpressionSyntax tuple => new TupleValue([.. tuple.Arguments.Select(item => Value(item.Expression, locals))]),
            InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(part => Text(part, locals))),
            DefaultExpressionSyntax { Type: var type } => Conversions.To(type, null),
            InvocationExpressionSyntax call => _members.Call(call, locals),
            MemberAccessExpressionSyntax access => _members.Get(access, locals),
            ElementAccessExpressionSyntax element => _members.Element(element, locals),
            ObjectCreationExpressionSyntax created => _members.New(created, locals),
            WithExpressionSyntax copied => _members.With(copied, locals),
            ArrayCreationExpressionSyntax { Initializer: { } items } array => Conversions.To(array.Type, Array(items.Expressions, locals)),
            ImplicitArrayCreationExpressionSyntax { Initializer: var items } => Array(items.Expressions, locals),
            SimpleLambdaExpressionSyntax { ExpressionBody: { } body } lambda => new LambdaValue([lambda.Parameter.Identifier.ValueText], body, locals),
            ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } body } lambda =>
                new LambdaValue([.. lambda.ParameterList.Parameters.Select(parameter => parameter.Identifier.ValueText)], body, locals),
            _ => throw new NotConstantException(),
        };
    }

    public bool Meets(PatternSyntax pattern, object? value, Locals locals)
    {
        return pattern switch
        {
            DiscardPatternSyntax => true,
            ConstantPatternSyntax { Expression: var constant } => AreEqual(value, constant, locals),
            ParenthesizedPatternSyntax inner => Meets(inner.Pattern, value, locals),
            UnaryPatternSyntax not => !Meets(not.Pattern, value, locals),
            BinaryPatternSyntax { RawKind: (int)SyntaxKind.AndPattern } both => Meets(both.Left, value, locals) && Meets(both.Right, value, locals),
            BinaryPatternSyntax either => Meets(either.Left, value, locals) || Meets(either.Right, value, locals),
            RelationalPatternSyntax relation => value is not null && (bool)Operators.Binary(Comparison(relation), value, Value(relation.Expression, locals)),
            _ => throw new NotConstantException(),
        };
    }

    public bool AreEqual(object? value, ExpressionSyntax constant, Locals locals)
    {
        return (bool)Operators.Binary(SyntaxKind.EqualsExpression, value, Value(constant, locals));
    }

    private static SyntaxKind Comparison(RelationalPatternSyntax relation)
    {
        return relation.OperatorToken.Kind() switch
        {
            SyntaxKind.LessThanToken => SyntaxKind.LessThanExpression,
            SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanOrEqualExpression,
            SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanExpression,
            _ => SyntaxKind.GreaterThanOrEqualExpression,
        };
    }

    private object?[] Array(IEnumerable<ExpressionSyntax> items, Locals locals)
    {
        var values = items.Select(item => Value(item, locals)).ToArray();
        return System.Array.ConvertAll(values, value => Operators.Common(value, values));
    }

    private object? Binary(BinaryExpressionSyntax binary, Locals locals)
    {
        var left = Value(binary.Left, locals);
        return binary.Kind() switch
        {
            SyntaxKind.LogicalAndExpression => left is bool a ? a && Holds(binary.Right, locals) : throw new NotConstantException(),
            SyntaxKind.LogicalOrExpression => left is bool a ? a || Holds(binary.Right, locals) : throw new NotConstantException(),
            SyntaxKind.CoalesceExpression => left is null ? Value(binary.Right, locals) : Operators.Common(left, Untaken(binary.Right, locals)),
            // The parser takes A.B for a type.
            SyntaxKind.IsExpression => Operators.Binary(SyntaxKind.EqualsExpression, left, _class.Member(binary.Right.ToString())),
            var kind => Operators.Binary(kind, left, Value(binary.Right, locals)),
        };
    }

    private object? Choose(ConditionalExpressionSyntax choice, Locals locals)
    {
        var (taken, other) = Holds(choice.Condition, locals) ? (choice.WhenTrue, choice.WhenFalse) : (choice.WhenFalse, choice.WhenTrue);
        var value = Value(taken, locals);
        return value is int or long or float ? Operators.Common(value, Untaken(other, locals)) : value;
    }

    private object? Choose(SwitchExpressionSyntax choice, Locals locals)
    {
        var governing = Value(choice.GoverningExpression, locals);
        var taken = choice.Arms.FirstOrDefault(arm => Meets(arm.Pattern, governing, locals) && (arm.WhenClause is null || Holds(arm.WhenClause.Condition, locals)))
            ?? throw new NotConstantException();
        var value = Value(taken.Expression, locals);
        return value is int or long or float
            ? Operators.Common(value, choice.Arms.Where(arm => arm != taken).SelectMany(arm => Untaken(arm.Expression, locals)))
            : value;
    }

    // Of a branch that is not taken only the type matters. One that throws has none.
    private IEnumerable<object?> Untaken(ExpressionSyntax branch, Locals locals)
    {
        if (branch is ThrowExpressionSyntax)
            return [];
        try
        {
            return [Value(branch, locals)];
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return [null];
        }
    }

    private object? Prefix(PrefixUnaryExpressionSyntax unary, Locals locals)
    {
        if (unary.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression)
            return Write(unary.Operand, Next(unary.IsKind(SyntaxKind.PreIncrementExpression), Value(unary.Operand, locals)), locals);
        return Operators.Unary(unary.Kind(), Value(unary.Operand, locals));
    }

    private object? Postfix(PostfixUnaryExpressionSyntax unary, Locals locals)
    {
        var before = Value(unary.Operand, locals);
        if (!unary.IsKind(SyntaxKind.SuppressNullableWarningExpression))
            Write(unary.Operand, Next(unary.IsKind(SyntaxKind.PostIncrementExpression), before), locals);
        return before;
    }

    private static object Next(bool isUp, object? value)
    {
        return Operators.Binary(isUp ? SyntaxKind.AddExpression : SyntaxKind.SubtractExpression, value, 1);
    }

    private object? Assign(AssignmentExpressionSyntax assignment, Locals locals)
    {
        SyntaxKind? operation = assignment.Kind() switch
        {
            SyntaxKind.SimpleAssignmentExpression => null,
            SyntaxKind.AddAssignmentExpression => SyntaxKind.AddExpression,
            SyntaxKind.SubtractAssignmentExpression => SyntaxKind.SubtractExpression,
            SyntaxKind.MultiplyAssignmentExpression => SyntaxKind.MultiplyExpression,
            SyntaxKind.DivideAssignmentExpression => SyntaxKind.DivideExpression,
            SyntaxKind.ModuloAssignmentExpression => SyntaxKind.ModuloExpression,
            SyntaxKind.LeftShiftAssignmentExpression => SyntaxKind.LeftShiftExpression,
            SyntaxKind.RightShiftAssignmentExpression => SyntaxKind.RightShiftExpression,
            _ => throw new NotConstantException(),
        };
        var value = operation is { } kind
            ? Operators.Binary(kind, Value(assignment.Left, locals), Value(assignment.Right, locals))
            : Value(assignment.Right, locals);
        return Write(assignment.Left, value, locals);
    }

    private object? Write(ExpressionSyntax target, object? value, Locals locals)
    {
        if (target is IdentifierNameSyntax name)
            locals.Write(name.Identifier.ValueText, value);
        else
            _members.Set(target, value, locals);
        return value;
    }

    private string Text(InterpolatedStringContentSyntax part, Locals locals)
    {
        return part switch
        {
            InterpolatedStringTextSyntax text => text.TextToken.ValueText.Replace("{{", "{").Replace("}}", "}"),
            InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole => Operators.Text(Value(hole.Expression, locals)),
            _ => throw new NotConstantException(),
        };
    }
}
