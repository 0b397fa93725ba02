using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Decides which calls are calls of the model that an adapter is attached to.</summary>
internal static class ModelCalls
{
    /// <summary>
    /// Whether the step acts on the adapter's model: on the variable that it was attached to here, or else on an instance of the model's class.
    /// </summary>
    public static bool IsOfModel(this TrainingScript script, Step step, Step ofAdapter)
    {
        var attached = script.AttachOf(ofAdapter.Subject)?.Subject;
        return attached is not null ? TrainingScript.IsSame(attached, step.Subject) : IsModelOf(step.Receiver?.Type, ofAdapter);
    }

    /// <summary>Whether the step acts on a model that an adapter of this body is attached to.</summary>
    public static bool IsOfAdaptedModel(this TrainingScript script, Step step)
    {
        return script.Of(StepKind.Attach, step.Subject).Any()
            || script.Steps.Any(other => LoraTypes.IsAdapter(other.Receiver?.Type) && script.IsOfModel(step, other));
    }

    /// <summary>The name of the adapter's model if the body attaches it, or else of its class.</summary>
    public static string ModelName(this TrainingScript script, Step ofAdapter)
    {
        return script.AttachOf(ofAdapter.Subject)?.Subject?.Name ?? LoraTypes.ModelOf(ofAdapter.Receiver?.Type)?.Name ?? "the model";
    }

    /// <summary>Whether the adapter's model is passed to one of the user's methods.</summary>
    public static bool TakesModel(IInvocationOperation call, Step ofAdapter)
    {
        return call.Arguments
            .Select(argument => argument.Value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : argument.Value)
            .Any(value => IsModelOf(value.Type, ofAdapter));
    }

    /// <summary>Whether the call is a call of one of TorchSharp's losses, which have no parameters.</summary>
    public static bool IsOfLoss(Step call)
    {
        return call.Receiver?.Type is { } type && type.Name.EndsWith("Loss", StringComparison.Ordinal) && TorchTypes.IsBuiltIn(type);
    }

    /// <summary>Whether the body uses no other adapter, which could provide gradients.</summary>
    public static bool IsOnlyAdapter(this TrainingScript script, Step ofAdapter)
    {
        return script.Steps.All(step => step.Kind == StepKind.Attach
            ? TrainingScript.IsSame(step.Result, ofAdapter.Subject)
            : !LoraTypes.IsAdapter(step.Receiver?.Type) || TrainingScript.IsSame(step.Subject, ofAdapter.Subject));
    }

    private static bool IsModelOf(ITypeSymbol? type, Step ofAdapter)
    {
        if (LoraTypes.ModelOf(ofAdapter.Receiver?.Type) is not { } model)
            return false;

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, model))
                return true;
        }

        return false;
    }
}
