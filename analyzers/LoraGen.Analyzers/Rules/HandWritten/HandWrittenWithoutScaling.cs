using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class HandWrittenWithoutScaling() : ModuleRule(
    "LORA6002",
    "A hand-written LoRA never uses its alpha",
    "{0} takes {1}, but nothing that forward reads is made of it: the update is added with a scaling of 1 instead of alpha / rank",
    DiagnosticSeverity.Warning)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (HandWrittenLora.Of(module) is not { } lora || !lora.Forwards.Any(forward => forward.Operations.Any(lora.IsMatrixMention)))
            return;

        var alphas = module.Type.InstanceConstructors
            .SelectMany(constructor => constructor.Parameters)
            .Where(parameter => HandWrittenLora.IsAlpha(parameter.Name) && IsNumber(parameter.Type))
            .ToArray();
        if (alphas.Length == 1 && alphas[0].Locations.FirstOrDefault() is { IsInSource: true } place && !new AlphaUse(module, alphas[0]).MayBeUsed)
            report.At(place, module.Type.Name, alphas[0].Name);
    }

    private static bool IsNumber(ITypeSymbol type)
    {
        return type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Single or SpecialType.System_Double;
    }

    /// <summary>Follows a constructor's parameter into the members that are made of it.</summary>
    private sealed class AlphaUse(ModuleClass module, IParameterSymbol alpha)
    {
        private readonly HashSet<ISymbol> _made = new([alpha], SymbolEqualityComparer.Default);

        /// <summary>Whether a method, another class or anything unknown may get it.</summary>
        public bool MayBeUsed
        {
            get
            {
                var count = 0;
                while (count != _made.Count)
                {
                    count = _made.Count;
                    if (module.Bodies.SelectMany(body => body.Operations).Any(operation => IsOfAlpha(operation) && !IsKept(operation)))
                        return true;
                }

                return _made.Any(member => member is (IFieldSymbol or IPropertySymbol) and { DeclaredAccessibility: not Accessibility.Private });
            }
        }

        private bool IsOfAlpha(IOperation operation)
        {
            return operation switch
            {
                IParameterReferenceOperation reference => _made.Contains(reference.Parameter),
                ILocalReferenceOperation reference => _made.Contains(reference.Local),
                IMemberReferenceOperation reference => _made.Contains(reference.Member) && (reference.Parent as IAssignmentOperation)?.Target != reference,
                _ => false,
            };
        }

        // Outside of methods, computed into a member or a local that is looked at in turn.
        private bool IsKept(IOperation operation)
        {
            for (var current = operation; current.Parent is { } parent; current = parent)
            {
                switch (parent)
                {
                    case IConversionOperation or IBinaryOperation or IUnaryOperation or IParenthesizedOperation or IConditionalOperation:
                        continue;
                    case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                        _made.Add(declarator.Symbol);
                        return true;
                    case IFieldInitializerOperation initializer:
                        _made.UnionWith(initializer.InitializedFields);
                        return true;
                    case IPropertyInitializerOperation initializer:
                        _made.UnionWith(initializer.InitializedProperties);
                        return true;
                    case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } target }
                        when IsInConstructor(operation):
                        _made.Add(target.Member);
                        return true;
                    default:
                        return false;
                }
            }

            return false;
        }

        private bool IsInConstructor(IOperation operation) => module.Constructors.Any(constructor => constructor.Operations.Contains(operation));
    }
}
