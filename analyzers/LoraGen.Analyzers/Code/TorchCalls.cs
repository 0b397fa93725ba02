using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Reads calls of TorchSharp's operators.</summary>
internal static class TorchCalls
{
    /// <summary>Whether the text calls a method of that name, on anything.</summary>
    public static bool IsNamed(SyntaxNode node, string name) => NameOf(node) == name;

    /// <summary>The name of the method that the text calls; null if it is no call by name.</summary>
    public static string? NameOf(SyntaxNode node)
    {
        return (node as InvocationExpressionSyntax)?.Expression switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => null,
        };
    }

    /// <summary>Whether it calls one of TorchSharp's operators: a method of <c>Tensor</c>, of <c>torch</c>, or of a class in it.</summary>
    public static bool IsOperator(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        while (type.ContainingType is { } outer)
            type = outer;
        return type is { Name: "torch", ContainingNamespace: { Name: "TorchSharp", ContainingNamespace.IsGlobalNamespace: true } };
    }

    /// <summary>Whether it calls an operator of a tensor or of <c>torch</c> by that name.</summary>
    public static bool IsOf(IOperation operation, string name)
    {
        return operation is IInvocationOperation call && call.TargetMethod.Name == name && IsOperator(call);
    }

    /// <summary>The tensor that it is called on, or that is the first argument of the static method.</summary>
    public static IOperation? Input(IInvocationOperation call) => call.Instance ?? Value(call, "input");

    public static IOperation? Value(IInvocationOperation call, string parameter) => Argument(call, parameter)?.Value;

    public static IArgumentOperation? Argument(IInvocationOperation call, string parameter) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter);

    public static bool IsGiven(IInvocationOperation call, string parameter) => Argument(call, parameter) is { ArgumentKind: not ArgumentKind.DefaultValue };

    public static bool IsTensor(IOperation value) => value.Type is { } type && (TorchTypes.IsTensor(type) || NewModule.IsParameter(type));

    /// <summary>The text of an expression, in parentheses where a member is accessed on it and it needs them; null if it can't be copied.</summary>
    public static string? Receiver(IOperation? value)
    {
        return value?.Syntax switch
        {
            null or ExpressionSyntax { Parent: ConditionalAccessExpressionSyntax } => null,
            var _ when value is IConditionalAccessInstanceOperation => null,
            SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
                or ParenthesizedExpressionSyntax or InstanceExpressionSyntax => value.Syntax.ToString(),
            ExpressionSyntax other => $"({other})",
            _ => null,
        };
    }
}
