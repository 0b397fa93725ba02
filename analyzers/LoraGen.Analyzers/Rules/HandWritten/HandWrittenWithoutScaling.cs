using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class HandWrittenWithoutScaling() : ModuleRule(
    "LORA6002",
    "A hand-written LoRA never uses its alpha",
    "{0} takes {1}, but nothing that forward reads is computed from it: the update is added with a scaling of 1 instead of alpha / rank",
    DiagnosticSeverity.Warning)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (module.HandWritten is not { } lora || !lora.Forwards.Any(forward => forward.Operations.Any(lora.IsMatrixMention)))
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

    /// <summary>Follows a constructor's parameter into the members that are computed from it.</summary>
    private sealed class AlphaUse(ModuleClass module, IParameterSymbol alpha)
    {
        private readonly HashSet<ISymbol> _made = new([alpha], SymbolEqualityComparer.Default);
        private readonly Queue<ISymbol> _open = new([alpha]);

        /// <summary>Whether a method, another class or anything unknown may use it.</summary>
        public bool MayBeUsed
        {
            get
            {
                while (_open.Count > 0)
                {
                    var symbol = _open.Dequeue();
                    if (symbol is (IFieldSymbol or IPropertySymbol) and { DeclaredAccessibility: not Accessibility.Private })
                        return true;
                    if (module.UsesOf(symbol).Any(use => !IsTarget(use.Operation) && !IsKept(use)))
                        return true;
                }

                return false;
            }
        }

        private static bool IsTarget(IOperation operation)
        {
            return operation is IMemberReferenceOperation && (operation.Parent as IAssignmentOperation)?.Target == operation;
        }

        // Whether a use outside of methods only computes a member or a local, which is followed in turn.
        private bool IsKept(SymbolUse use)
        {
            for (var current = use.Operation; current.Parent is { } parent; current = parent)
            {
                switch (parent)
                {
                    case IConversionOperation or IBinaryOperation or IUnaryOperation or IParenthesizedOperation or IConditionalOperation:
                        continue;
                    case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                        Follow([declarator.Symbol]);
                        return true;
                    case IFieldInitializerOperation initializer:
                        Follow(initializer.InitializedFields);
                        return true;
                    case IPropertyInitializerOperation initializer:
                        Follow(initializer.InitializedProperties);
                        return true;
                    case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } target }
                        when use.Body.IsConstructor:
                        Follow([target.Member]);
                        return true;
                    default:
                        return false;
                }
            }

            return false;
        }

        private void Follow(IEnumerable<ISymbol> symbols)
        {
            foreach (var symbol in symbols.Where(_made.Add))
                _open.Enqueue(symbol);
        }
    }
}
