using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Evaluating;

/// <summary>Runs what generated code calls, reads and sets: its own methods, and the runtime's types that count.</summary>
internal sealed class MemberRunner(GeneratedClass @class, ExpressionRunner expressions)
{
    public object? Call(InvocationExpressionSyntax call, Locals locals)
    {
        if (call.Expression is IdentifierNameSyntax own)
            return CallOwn(own.Identifier.ValueText, call.ArgumentList.Arguments, locals);
        var arguments = Arguments(call.ArgumentList.Arguments, locals);
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var owner })
            throw new NotConstantException();

        if (!IsTypeName(owner))
        {
            var target = Shared(expressions.Value(owner, locals));
            return SharedMembers.Call(target.GetType(), target, name, arguments, Invoke);
        }

        switch (owner.ToString())
        {
            case "global::System.Math":
                return Mathematics.Call(name, [.. arguments.Select(argument => argument.Value)]);
            case "global::System.Linq.Enumerable" when name == "Range" && arguments.Length == 2:
                return Enumerable.Range(Whole(arguments[0]), Whole(arguments[1])).Select(index => (object?)index).ToArray();
            case "global::System.Array" when name == "Empty":
                return Array.Empty<object?>();
            case var written when SharedMembers.Type(written) is { } type:
                return SharedMembers.Call(type, null, name, arguments, Invoke);
            default:
                throw new NotConstantException();
        }
    }

    public object? Get(MemberAccessExpressionSyntax access, Locals locals)
    {
        var name = access.Name.Identifier.ValueText;
        if (access.Expression is PredefinedTypeSyntax)
            return access.ToString() == "string.Empty" ? string.Empty : throw new NotConstantException();
        if (IsTypeName(access.Expression))
        {
            return SharedMembers.Type(access.Expression.ToString()) is { } type
                ? SharedMembers.Get(type, null, name)
                : @class.Member(access.ToString());
        }

        return (expressions.Value(access.Expression, locals), name) switch
        {
            (object?[] items, "Length" or "Count") => items.Length,
            (string text, "Length") => text.Length,
            (TupleValue tuple, "Item1") => tuple.Items[0],
            (TupleValue tuple, "Item2") => tuple.Items[1],
            (var owner, _) => SharedMembers.Get(Shared(owner).GetType(), owner, name),
        };
    }

    public object? Element(ElementAccessExpressionSyntax element, Locals locals)
    {
        var index = Index(element, locals);
        return expressions.Value(element.Expression, locals) switch
        {
            object?[] items when index is int at => items[at],
            var owner => SharedMembers.Call(Shared(owner).GetType(), owner, "get_Item", [new ArgumentValue(null, index)], Invoke),
        };
    }

    public void Set(ExpressionSyntax target, object? value, Locals locals)
    {
        switch (target)
        {
            case ElementAccessExpressionSyntax element:
                var owner = Shared(expressions.Value(element.Expression, locals));
                SharedMembers.Call(
                    owner.GetType(), owner, "set_Item", [new ArgumentValue(null, Index(element, locals)), new ArgumentValue(null, value)], Invoke);
                break;
            case MemberAccessExpressionSyntax access:
                SharedMembers.Set(Shared(expressions.Value(access.Expression, locals)), access.Name.Identifier.ValueText, value);
                break;
            default:
                throw new NotConstantException();
        }
    }

    public object New(ObjectCreationExpressionSyntax created, Locals locals)
    {
        var type = SharedMembers.Type(created.Type.ToString()) ?? throw new NotConstantException();
        var made = SharedMembers.New(type, created.ArgumentList is { } list ? Arguments(list.Arguments, locals) : [], Invoke);
        return Initialize(made, created.Initializer, locals);
    }

    /// <summary>A record with some of its properties changed.</summary>
    public object With(WithExpressionSyntax copied, Locals locals)
    {
        return Initialize(SharedMembers.Clone(Shared(expressions.Value(copied.Expression, locals))), copied.Initializer, locals);
    }

    // Generated code names every type from its root on.
    private static bool IsTypeName(ExpressionSyntax expression)
    {
        while (expression is MemberAccessExpressionSyntax access)
            expression = access.Expression;
        return expression is AliasQualifiedNameSyntax;
    }

    private static int Whole(ArgumentValue argument) => argument.Value is int number ? number : throw new NotConstantException();

    private static object Shared(object? owner)
    {
        return owner is not null && owner.GetType().Assembly == typeof(MemberRunner).Assembly ? owner : throw new NotConstantException();
    }

    private object Initialize(object made, InitializerExpressionSyntax? initializer, Locals locals)
    {
        foreach (var set in initializer?.Expressions ?? default)
        {
            if (set is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax property, Right: var value })
                throw new NotConstantException();
            SharedMembers.Set(made, property.Identifier.ValueText, expressions.Value(value, locals));
        }

        return made;
    }

    private object? Index(ElementAccessExpressionSyntax element, Locals locals)
    {
        return element.ArgumentList.Arguments.Count == 1
            ? expressions.Value(element.ArgumentList.Arguments[0].Expression, locals)
            : throw new NotConstantException();
    }

    private object? CallOwn(string name, SeparatedSyntaxList<ArgumentSyntax> arguments, Locals locals)
    {
        var given = Arguments(arguments, locals);
        if (given.Any(argument => argument.Name is not null))
            throw new NotConstantException();

        var values = Array.ConvertAll(given, argument => argument.Value);
        var returned = @class.Call(name, values);
        for (var i = 0; i < values.Length; i++)
        {
            if (arguments[i] is { RefKindKeyword.RawKind: not 0, Expression: var variable })
                locals.Write(((IdentifierNameSyntax)variable).Identifier.ValueText, values[i]);
        }

        return returned;
    }

    private ArgumentValue[] Arguments(IEnumerable<ArgumentSyntax> arguments, Locals locals)
    {
        return [.. arguments.Select(argument =>
            new ArgumentValue(argument.NameColon?.Name.Identifier.ValueText, expressions.Value(argument.Expression, locals)))];
    }

    private object? Invoke(LambdaValue lambda, params object?[] arguments)
    {
        var inner = new Locals(lambda.Locals);
        for (var i = 0; i < arguments.Length; i++)
            inner.Declare(lambda.Parameters[i], null, arguments[i]);
        return expressions.Value(lambda.Body, inner);
    }
}
