using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A constructor, a method, an accessor or an initializer of a module class. Its operations are read once, whatever the number of rules.</summary>
internal sealed class ModuleBody
{
    private readonly Lazy<IReadOnlyList<IOperation>> _operations;
    private readonly Lazy<ILookup<string, IInvocationOperation>> _ownCalls;

    public ModuleBody(ISymbol owner, ImmutableArray<IOperation> blocks)
    {
        Owner = owner;
        Blocks = blocks;
        _operations = new(() => [.. blocks.SelectMany(block => block.DescendantsAndSelf())]);
        _ownCalls = new(() => Operations
            .OfType<IInvocationOperation>()
            .Where(call => call.Instance is IInstanceReferenceOperation)
            .ToLookup(call => call.TargetMethod.Name, StringComparer.Ordinal));
    }

    public ISymbol Owner { get; }

    public ImmutableArray<IOperation> Blocks { get; }

    public bool IsConstructor => Owner is IMethodSymbol { MethodKind: MethodKind.Constructor };

    public int Position => Blocks.IsEmpty ? 0 : Blocks[0].Syntax.SpanStart;

    /// <summary>Every operation within, parents before children, in source order.</summary>
    public IReadOnlyList<IOperation> Operations => _operations.Value;

    /// <summary>The calls of the class's own or inherited methods of that name, in order.</summary>
    public IEnumerable<IInvocationOperation> OwnCalls(string method) => _ownCalls.Value[method];
}
