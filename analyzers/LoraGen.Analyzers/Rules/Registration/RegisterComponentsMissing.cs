using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class RegisterComponentsMissing() : ModuleRule(
    "LORA3001",
    "An adapted model never calls RegisterComponents",
    "{0} never calls RegisterComponents(), so TorchSharp doesn't know its {1}: nothing is moved, saved or adapted; call it at the end of the constructor",
    DiagnosticSeverity.Warning,
    FixKind.InsertStatement)
{
    private static readonly HashSet<string> Registering =
        new(["RegisterComponents", "register_module", "add_module", "_internal_submodules"], StringComparer.Ordinal);

    public override void Check(ModuleClass module, Report report)
    {
        // A user-defined base class may call it.
        if (!TorchTypes.IsModuleBase(module.Type.BaseType!)
            || !module.IsAdaptedModel
            || module.ModuleFields.FirstOrDefault() is not { } first
            || module.Operations.Any(MayRegister)
            || IsRegisteredElsewhere(module))
        {
            return;
        }

        var constructor = module.Constructors.FirstOrDefault(body => !body.Owner.IsImplicitlyDeclared)?.Owner;
        var place = constructor ?? module.Type;
        report.At(place.Locations[0], FixHint.InsertStatement("RegisterComponents();"), module.Type.Name, (first.AssociatedSymbol ?? first).Name);
    }

    // On this instance or on another, by a call or by a delegate; or other code gets the instance.
    private static bool MayRegister(IOperation operation)
    {
        return operation switch
        {
            IInvocationOperation call => Registering.Contains(call.TargetMethod.Name),
            IMemberReferenceOperation reference => Registering.Contains(reference.Member.Name),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self => IsGiven(self),
            _ => false,
        };
    }

    private static bool IsGiven(IOperation self)
    {
        var outer = self.Ancestors().First(ancestor => ancestor is not (IConversionOperation or IParenthesizedOperation));
        return outer switch
        {
            IMemberReferenceOperation member => member.Instance?.Unconverted() != self,
            IInvocationOperation call => call.Instance?.Unconverted() != self,
            _ => true,
        };
    }

    // By a nested or derived class, a factory, an extension method.
    private static bool IsRegisteredElsewhere(ModuleClass module)
    {
        return module.Compilation.SyntaxTrees
            .SelectMany(file => file.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            .Where(name => Registering.Contains(name.Identifier.ValueText))
            .Any(name => MayBe(Registered(name, module.Sources), module.Type));
    }

    private static ITypeSymbol? Registered(SimpleNameSyntax name, AssignedValues sources)
    {
        return name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => sources.OperationAt(access.Expression)?.Type,
            MemberBindingExpressionSyntax binding => sources.OperationAt(binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()!.Expression)?.Type,
            _ => sources.ClassAround(name),
        };
    }

    private static bool MayBe(ITypeSymbol? registered, INamedTypeSymbol module)
    {
        return registered is null or ITypeParameterSymbol or { TypeKind: TypeKind.Dynamic or TypeKind.Interface }
            || IsOrDerivesFrom(registered, module)
            || IsOrDerivesFrom(module, registered);
    }

    private static bool IsOrDerivesFrom(ITypeSymbol type, ITypeSymbol other)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, other.OriginalDefinition))
                return true;
        }

        return false;
    }
}
