using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>
/// The <c>using</c> of <c>no_grad()</c> or <c>inference_mode()</c>, or of a call that turns gradients on again, that is in effect at an operation.
/// </summary>
/// <param name="Switch">The call.</param>
/// <param name="IsOff">Whether it is certain to turn gradients off.</param>
/// <param name="IsAlone">Whether it is the only resource of a <c>using</c> declaration, which can be removed.</param>
internal sealed record GradScope(IInvocationOperation Switch, bool IsOff, bool IsAlone)
{
    /// <summary>The innermost scope within the same lambda or function; null if there is none.</summary>
    public static GradScope? At(IOperation operation)
    {
        var inner = operation;
        for (var outer = inner.Parent; outer is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; outer = outer.Parent)
        {
            var found = outer switch
            {
                IUsingOperation held when held.Resources != inner => Read(held.Resources, isAlone: false),
                IBlockOperation block => block.Operations
                    .TakeWhile(statement => statement != inner)
                    .OfType<IUsingDeclarationOperation>()
                    .Select(held => Read(held, held.DeclarationGroup.Declarations.Sum(declaration => declaration.Declarators.Length) == 1))
                    .LastOrDefault(scope => scope is not null),
                _ => null,
            };
            if (found is not null)
                return found;

            inner = outer;
        }

        return null;
    }

    private static GradScope? Read(IOperation resources, bool isAlone)
    {
        var found = resources.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(call =>
            call.TargetMethod is { Name: "no_grad" or "inference_mode" or "enable_grad" or "set_grad_enabled", ContainingType.Name: "torch" });
        if (found is null)
            return null;

        var value = found.Arguments.FirstOrDefault()?.Value.ConstantValue.Value;
        return new GradScope(
            found,
            found.TargetMethod.Name switch
            {
                "no_grad" => true,
                "inference_mode" => value is true,
                _ => value is false,
            },
            isAlone);
    }
}
