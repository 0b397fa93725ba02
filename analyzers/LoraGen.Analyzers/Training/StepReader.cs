using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Recognises the steps of a training script.</summary>
internal static class StepReader
{
    public static Step? Read(IOperation operation)
    {
        return operation switch
        {
            IInvocationOperation call => OfCall(call),
            IObjectCreationOperation creation when IsOptimizer(creation.Type) => OfOptimizer(creation, creation.Arguments),
            IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "requires_grad" } target, Value.ConstantValue.Value: true }
                => new Step(StepKind.Unfreeze, SymbolOf(target.Instance), operation),
            IPropertyReferenceOperation { Instance: { } instance } when LoraTypes.IsAdapter(instance.Type)
                => new Step(StepKind.UseAdapter, SymbolOf(instance), operation) { Receiver = instance },
            _ => null,
        };
    }

    /// <summary>
    /// The variable, parameter, field or property that an expression refers to. Excluded are another object's field, which may differ at the next reference
    /// (in an object initializer and a <c>with</c> expression, that is the object that is created), and a property that may return a new value each time.
    /// </summary>
    public static ISymbol? SymbolOf(IOperation? expression)
    {
        return expression switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IMemberReferenceOperation { Member: IFieldSymbol } field when IsOwn(field) => field.Member,
            IPropertyReferenceOperation property when IsOwn(property) && IsStored(property.Property) => property.Property,
            IConversionOperation conversion => SymbolOf(conversion.Operand),
            IConditionalAccessInstanceOperation access => SymbolOf(Accessed(access)),
            _ => null,
        };
    }

    private static Step? OfCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsOptimizer(method.ReturnType) && call.Instance is null)
            return OfOptimizer(call, call.Arguments);
        if (Receiver(call) is not { Type: { } type } instance)
            return null;
        if (LoraTypes.IsAdapter(method.ReturnType) && method.Name.StartsWith("Attach", StringComparison.Ordinal))
            return new Step(StepKind.Attach, SymbolOf(instance), call, ResultOf(call)) { Receiver = instance };
        if (LoraTypes.IsAdapter(type) && IsOptimizer(method.ReturnType))
            return new Step(StepKind.OptimizeAdapter, SymbolOf(instance), call, ResultOf(call)) { Source = call, Receiver = instance };
        if (LoraTypes.IsAdapter(type))
            return new Step(OfAdapter(method.Name), SymbolOf(instance), call, ResultOf(call)) { Receiver = instance };

        var kind = TorchTypes.IsModule(type) ? OfModule(call)
            : IsTensor(type) ? OfTensor(call)
            : IsOptimizer(type) && method.Name == "step" ? StepKind.OptimizerStep
            : (StepKind?)null;
        return kind is { } known ? new Step(known, SymbolOf(instance), call, ResultOf(call)) { Receiver = instance } : null;
    }

    private static StepKind OfAdapter(string method)
    {
        return method switch
        {
            "Merge" => StepKind.Merge,
            "Unmerge" => StepKind.Unmerge,
            "MergeAndUnload" or "MergeAndRequantize" => StepKind.MergeAndUnload,
            "Detach" => StepKind.Detach,
            "Dispose" => StepKind.Dispose,
            "To" => StepKind.Move,
            _ => StepKind.UseAdapter,
        };
    }

    private static StepKind? OfModule(IInvocationOperation call)
    {
        return call.TargetMethod.Name switch
        {
            "call" or "forward" => StepKind.Call,
            "train" => FirstValue(call) is false ? StepKind.Eval : StepKind.Train,
            "eval" => StepKind.Eval,
            "to" or "cuda" or "cpu" or "half" or "bfloat16" or "float" or "double" => StepKind.Move,
            "state_dict" or "exportsd" => StepKind.SaveModel,
            "requires_grad_" => Unfreezes(call),
            var name when name.StartsWith("save", StringComparison.OrdinalIgnoreCase) => StepKind.SaveModel,
            var name when name.StartsWith("load", StringComparison.Ordinal) && !IsUsers(call.TargetMethod) => StepKind.LoadModel,
            _ => null,
        };
    }

    // The user's method may load anything, unless it overrides TorchSharp's.
    private static bool IsUsers(IMethodSymbol method) => !method.IsOverride && method.Locations.Any(place => place.IsInSource);

    private static StepKind? OfTensor(IInvocationOperation call)
    {
        return call.TargetMethod.Name switch
        {
            "backward" => StepKind.Backward,
            "requires_grad_" => Unfreezes(call),
            _ => null,
        };
    }

    private static StepKind? Unfreezes(IInvocationOperation call)
    {
        return FirstValue(call) is true ? StepKind.Unfreeze : null;
    }

    // A default value counts like an argument.
    private static object? FirstValue(IInvocationOperation call)
    {
        var first = call.TargetMethod.IsExtensionMethod && call.Instance is null ? 1 : 0;
        return call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == first)?.Value.ConstantValue.Value;
    }

    private static Step? OfOptimizer(IOperation creation, IEnumerable<IArgumentOperation> arguments)
    {
        var calls = arguments.SelectMany(argument =>
            argument.Value.DescendantsAndSelf().OfType<IInvocationOperation>().Select(call => (argument, call)));
        foreach (var (argument, call) in calls)
        {
            switch (call)
            {
                case { TargetMethod.Name: "parameters" or "named_parameters", Instance: { } module } when TorchTypes.IsModule(module.Type!):
                    return new Step(StepKind.OptimizeModel, SymbolOf(module), creation, ResultOf(creation)) { Source = argument.Value, Receiver = module };
                case { TargetMethod.Name: "Parameters" or "ParameterGroups", Instance: { } adapter } when LoraTypes.IsAdapter(adapter.Type):
                    return new Step(StepKind.OptimizeAdapter, SymbolOf(adapter), creation, ResultOf(creation)) { Source = argument.Value, Receiver = adapter };
            }
        }

        return null;
    }

    private static IOperation? Receiver(IInvocationOperation call)
    {
        var receiver = call.Instance
            ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value : null);
        while (receiver is IConversionOperation { IsImplicit: true } conversion)
            receiver = conversion.Operand;
        return receiver;
    }

    /// <summary>The variable, field or property that receives the value.</summary>
    public static ISymbol? ResultOf(IOperation value)
    {
        var outer = value.Parent;
        while (outer is IConversionOperation)
            outer = outer.Parent;
        return outer switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation assignment => SymbolOf(assignment.Target),
            _ => null,
        };
    }

    private static bool IsOwn(IMemberReferenceOperation member)
    {
        return member.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
    }

    // Whether the property only wraps its backing field.
    private static bool IsStored(IPropertySymbol property)
    {
        return property.ContainingType.GetMembers()
            .OfType<IFieldSymbol>()
            .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
    }

    private static IOperation? Accessed(IOperation instance)
    {
        for (var outer = instance.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IConditionalAccessOperation access)
                return access.Operation;
        }

        return null;
    }

    /// <summary>Whether it is <c>torch.optim.Optimizer</c> or derives from it.</summary>
    public static bool IsOptimizer(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Optimizer", ContainingType: { Name: "optim", ContainingType.Name: "torch" } })
                return true;
        }

        return false;
    }

    private static bool IsTensor(ITypeSymbol type)
    {
        return type is { Name: "Tensor", ContainingType.Name: "torch" } or { Name: "Parameter", ContainingNamespace.Name: "Modules" };
    }
}
