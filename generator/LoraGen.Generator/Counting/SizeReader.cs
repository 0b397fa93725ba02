using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats the sizes that stand in the call of one of torch's factories.</summary>
internal sealed class SizeReader(BodyReader body)
{
    /// <summary>The arguments of a factory that sizes hang on, by name.</summary>
    /// <param name="module">Reads an argument that is a module.</param>
    public ShapeCode Arguments(InvocationExpressionSyntax call, IReadOnlyList<string?> sizes, Func<ExpressionSyntax, ShapeCode> module)
    {
        var told = new List<ShapeCode>();
        foreach (var (argument, position) in call.ArgumentList.Arguments.Select((argument, position) => (argument, position)))
        {
            var name = argument.NameColon?.Name.Identifier.ValueText ?? (position < sizes.Count ? sizes[position] : null);
            if (name is null || TorchFactories.IsWithoutSize(name))
            {
                body.Effects.EnsureNone(argument.Expression);
                continue;
            }

            if (!sizes.Contains(name))
                throw ValueReader.Unknown(call);

            told.Add(ShapeCode.Join($"{name}: ", TorchFactories.IsCopiedModule(name) ? module(argument.Expression) : Size(argument.Expression, call)));
        }

        return Lines.List(told);
    }

    private ShapeCode Size(ExpressionSyntax value, InvocationExpressionSyntax call)
    {
        if (IsArray(value))
            return TensorSizes(value);

        var (code, type) = body.Values.Read(value);
        return type is null || IsSize(type) ? code : throw ValueReader.Unknown(call);
    }

    private static bool IsArray(ExpressionSyntax value)
    {
        return value is CollectionExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax;
    }

    private static bool IsSize(ITypeSymbol type)
    {
        return type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Int64 }
            || type.IsTupleType
            || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional && IsSize(optional.TypeArguments[0]))
            || type.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32 or SpecialType.System_Int16 or SpecialType.System_Byte
                or SpecialType.System_UInt32 or SpecialType.System_UInt16 or SpecialType.System_Boolean;
    }

    /// <summary>The sizes of <c>zeros(a, b)</c>, <c>ones([a, b])</c>, <c>empty(new long[] { a, b }, dtype: …)</c>.</summary>
    public ShapeCode Tensor(ExpressionSyntax tensor)
    {
        if (SameSized(tensor) is { } same)
            return Tensor(same);
        if (tensor is not InvocationExpressionSyntax call)
            throw ValueReader.Unknown(tensor);
        var factory = body.Names.Factory(call, "torch", body.Variables);
        if (factory == "tensor" && call.ArgumentList.Arguments.Only() is { NameColon: null } single && IsNumber(single.Expression))
            return string.Empty;
        if (factory is not ("zeros" or "ones" or "empty" or "rand" or "randn"))
            throw ValueReader.Unknown(tensor);

        var arguments = call.ArgumentList.Arguments.Where(argument => argument.NameColon is null or { Name.Identifier.ValueText: "size" }).ToArray();
        foreach (var other in call.ArgumentList.Arguments.Except(arguments))
            body.Effects.EnsureNone(other.Expression);
        if (arguments.FirstOrDefault() is { } first && IsArray(first.Expression))
        {
            foreach (var other in arguments.Skip(1))
                body.Effects.EnsureNone(other.Expression);
            return TensorSizes(first.Expression);
        }

        var sizes = arguments.Select(argument => body.Values.Read(argument.Expression)).ToArray();
        if (sizes.Length == 0 || sizes.Any(size => size.Type is { } type && !IsSize(type)))
            throw ValueReader.Unknown(tensor);
        return Lines.List(sizes.Select(size => size.Code));
    }

    // The tensor whose sizes another has: randn(3) * 0.02, empty(3).normal_(), init.zeros_(empty(3)).
    private ExpressionSyntax? SameSized(ExpressionSyntax tensor)
    {
        return tensor switch
        {
            ParenthesizedExpressionSyntax inner => inner.Expression,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.AddExpression } either when IsNumber(either.Left) =>
                either.Right,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression or (int)SyntaxKind.AddExpression
                or (int)SyntaxKind.SubtractExpression } both when IsNumber(both.Right) => both.Left,
            InvocationExpressionSyntax call when body.Shapes.Factory(call, "torch.nn.init") is not null => call.ArgumentList.First(),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax or ParenthesizedExpressionSyntax,
                Name.Identifier.ValueText: "normal_" or "uniform_" or "fill_" or "zero_" or "mul_" or "to" or "cuda" or "cpu" } access } => access.Expression,
            _ => null,
        };
    }

    private bool IsNumber(ExpressionSyntax value)
    {
        try
        {
            return body.Values.Read(value).Type is { } type && NumberTypes.Both(type, type, body.Names) is not null;
        }
        catch (UnknownShapeException)
        {
            return false;
        }
    }

    private ShapeCode TensorSizes(ExpressionSyntax sizes)
    {
        var items = sizes switch
        {
            CollectionExpressionSyntax list when list.Elements.All(element => element is ExpressionElementSyntax) =>
                list.Elements.Select(element => ((ExpressionElementSyntax)element).Expression),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            _ => throw ValueReader.Unknown(sizes),
        };
        return ShapeCode.Join(
            "new long[] { ", Lines.List(items.Select(item => body.Values.Read(item).Code)), " }");
    }
}
