using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A constructor, a method, an accessor or an initializer of a module class.</summary>
internal sealed record ModuleBody(ISymbol Owner, ImmutableArray<IOperation> Blocks)
{
    public bool IsConstructor => Owner is IMethodSymbol { MethodKind: MethodKind.Constructor };

    public int Position => Blocks.IsEmpty ? 0 : Blocks[0].Syntax.SpanStart;

    /// <summary>Every operation within, each before its children: in order of the text.</summary>
    public IEnumerable<IOperation> Operations => Blocks.SelectMany(block => block.DescendantsAndSelf());

    /// <summary>The calls of the class's own or inherited methods of that name, in order.</summary>
    public IEnumerable<IInvocationOperation> OwnCalls(string method)
    {
        return Operations
            .OfType<IInvocationOperation>()
            .Where(call => call.TargetMethod.Name == method && call.Instance is IInstanceReferenceOperation);
    }
}
