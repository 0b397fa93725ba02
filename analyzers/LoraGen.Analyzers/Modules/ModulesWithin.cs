using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>The modules that a member of another type than a module holds: its type's, and those that an expression creates for it.</summary>
internal static class ModulesWithin
{
    private const int DeepEnough = 4;

    /// <summary>
    /// Whether a value of the type, which is no module, holds modules: an array, a collection, a tuple, a record, a <c>Lazy</c>. A delegate may capture them.
    /// </summary>
    public static bool AreIn(ITypeSymbol type, int depth = 0)
    {
        return type switch
        {
            _ when TorchTypes.IsModule(type) || depth > DeepEnough => false,
            IArrayTypeSymbol array => IsHeld(array.ElementType, depth),
            { TypeKind: TypeKind.Delegate } => depth == 0,
            INamedTypeSymbol named when IsOfSystem(named) => named.TypeArguments.Any(argument => IsHeld(argument, depth)),
            INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false } own =>
                own.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && IsHeld(field.Type, depth)),
            _ => false,
        };
    }

    /// <summary>The expressions in a value that become parts of it.</summary>
    public static IEnumerable<IOperation> Parts(IOperation value)
    {
        var bare = value.Unconverted();
        return Inner(bare) is { } parts ? parts.SelectMany(Parts) : [bare];
    }

    // Null for a part itself.
    private static IEnumerable<IOperation>? Inner(IOperation value)
    {
        return value switch
        {
            IArrayCreationOperation array => array.Initializer?.ElementValues ?? [],
            IArrayInitializerOperation initializer => initializer.ElementValues,
            ICollectionExpressionOperation collection => collection.Elements,
            ISpreadOperation spread => [spread.Operand],
            ITupleOperation tuple => tuple.Elements,
            IObjectOrCollectionInitializerOperation initializer => initializer.Initializers,
            IAssignmentOperation assignment => [assignment.Value],
            IMemberInitializerOperation member => member.Initializer.Initializers,
            IObjectCreationOperation creation when !IsComponent(creation.Type) => Created(creation),
            IInvocationOperation call when IsOfSystem(call.TargetMethod.ContainingType) || call.Parent is IObjectOrCollectionInitializerOperation =>
                call.Arguments.Select(argument => argument.Value).Concat(call.Instance is null ? [] : new[] { call.Instance }),
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation function } =>
                function.Body.Descendants().OfType<IReturnOperation>().Select(made => made.ReturnedValue).OfType<IOperation>(),
            _ => null,
        };
    }

    // A constructor that gets this instance may register the modules.
    private static IEnumerable<IOperation> Created(IObjectCreationOperation creation)
    {
        var given = creation.Arguments.Select(argument => argument.Value).Concat(creation.Initializer is null ? [] : new[] { creation.Initializer });
        return creation.Arguments.Any(argument => argument.Value.Unconverted() is IInstanceReferenceOperation) ? [] : given;
    }

    private static bool IsComponent(ITypeSymbol? type) => type is null || TorchTypes.IsModule(type) || NewModule.IsParameter(type);

    private static bool IsHeld(ITypeSymbol type, int depth) => TorchTypes.IsModule(type) || (type.TypeKind != TypeKind.Delegate && AreIn(type, depth + 1));

    public static bool IsOfSystem(ITypeSymbol? type)
    {
        return type?.ContainingNamespace?.ToDisplayString() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
    }
}
