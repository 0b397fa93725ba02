using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>An assignment to an instance field of the class, or to the auto-property that stores it.</summary>
/// <param name="Body">The body that contains it.</param>
/// <param name="Operation">The whole assignment.</param>
internal sealed record FieldWrite(ModuleBody Body, IFieldSymbol Field, IOperation Value, IOperation Operation)
{
    /// <summary>Its name in the source: the property's name if it is a backing field.</summary>
    public string Name => NameOf(Field);

    public static string NameOf(IFieldSymbol field) => (field.AssociatedSymbol ?? field).Name;

    /// <summary>The writes of one body, in source order: assignments, each part of a deconstruction, and initializers.</summary>
    public static IEnumerable<FieldWrite> In(ModuleBody body, ModuleClass module)
    {
        foreach (var operation in body.Operations)
        {
            switch (operation)
            {
                case IDeconstructionAssignmentOperation { Target: ITupleOperation targets } pair when pair.Value.Unconverted() is ITupleOperation values:
                    foreach (var (target, part) in targets.Elements.Zip(values.Elements, (target, part) => (target, part)))
                    {
                        if (FieldOf(target, module) is { } taken)
                            yield return new FieldWrite(body, taken, part, operation);
                    }

                    break;
                case IAssignmentOperation assignment when FieldOf(assignment.Target, module) is { } assigned:
                    yield return new FieldWrite(body, assigned, assignment.Value, operation);
                    break;
                case IFieldInitializerOperation initializer:
                    foreach (var field in initializer.InitializedFields.Where(field => !field.IsStatic))
                        yield return new FieldWrite(body, field, initializer.Value, operation);
                    break;
                case IPropertyInitializerOperation initializer:
                    foreach (var field in initializer.InitializedProperties.Select(property => module.StorageOf(property)).OfType<IFieldSymbol>())
                        yield return new FieldWrite(body, field, initializer.Value, operation);
                    break;
            }
        }
    }

    private static IFieldSymbol? FieldOf(IOperation target, ModuleClass module)
    {
        return target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation instance } reference
            && instance.ReferenceKind == InstanceReferenceKind.ContainingTypeInstance
            ? module.StorageOf(reference.Member)
            : null;
    }
}
