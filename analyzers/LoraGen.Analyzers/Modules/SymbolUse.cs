using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A place in a module class that reads or writes a member, a parameter or a local.</summary>
internal sealed record SymbolUse(ModuleBody Body, IOperation Operation)
{
    /// <summary>The symbol that an operation reads or writes; null for any other operation.</summary>
    public static ISymbol? SymbolOf(IOperation operation)
    {
        return operation switch
        {
            IMemberReferenceOperation reference => reference.Member,
            IParameterReferenceOperation reference => reference.Parameter,
            ILocalReferenceOperation reference => reference.Local,
            _ => null,
        };
    }
}
