using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Distinguishes values that are created in the expression from those that may be referenced elsewhere too.</summary>
internal static class NewModule
{
    /// <summary>Whether the value is, on some path, a module or parameter that the expression creates: <c>new Block()</c>, <c>Linear(4, 4)</c>.</summary>
    public static bool IsMadeBy(IOperation value)
    {
        return value.Unconverted() switch
        {
            IObjectCreationOperation creation => IsComponent(creation.Type),
            IInvocationOperation { TargetMethod: { IsStatic: true, IsExtensionMethod: false } } call => IsComponent(call.Type),
            IConditionalOperation { WhenFalse: { } otherwise } choice => IsMadeBy(choice.WhenTrue) || IsMadeBy(otherwise),
            ICoalesceOperation coalesce => IsMadeBy(coalesce.Value) || IsMadeBy(coalesce.WhenNull),
            ISwitchExpressionOperation choice => choice.Arms.Any(arm => IsMadeBy(arm.Value)),
            _ => false,
        };
    }

    /// <summary>Whether it is a module without parameters, such as an activation.</summary>
    public static bool IsParameterless(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "ParameterLessModule" or "Loss" && TorchTypes.IsModule(current))
                return true;
        }

        return false;
    }

    private static bool IsComponent(ITypeSymbol? type) => type is not null && (TorchTypes.IsModule(type) || IsParameter(type));

    public static bool IsParameter(ITypeSymbol type) => type.Name == "Parameter" && TorchTypes.IsBuiltIn(type);
}
