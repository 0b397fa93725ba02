using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>The actions of one body on models, adapters and optimizers, in source order.</summary>
internal sealed class TrainingScript
{
    private readonly Lazy<ILookup<ISymbol, Use>> _uses;

    private TrainingScript(IOperation body, IReadOnlyList<Step> steps)
    {
        Body = body;
        Steps = steps;
        _uses = new(() => body.Descendants()
            .Select(operation => (Operation: operation, Symbol: StepReader.SymbolOf(operation)))
            .Where(found => found.Symbol is not null && found.Operation is not IConversionOperation and not IConditionalAccessInstanceOperation)
            .Select(found => new Use(found.Symbol!, found.Operation))
            .ToLookup(use => use.Symbol, SymbolEqualityComparer.Default)!);
    }

    public IOperation Body { get; }

    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Whether an adapter is attached or used here, or an optimizer of LoraGen is created; otherwise no rule applies.</summary>
    public bool IsOfLoraGen => Steps.Any(step => step.Kind is StepKind.Attach or StepKind.OptimizeAdapter or >= StepKind.Merge and not StepKind.SaveModel
        || step is { Kind: StepKind.OptimizeModel, Operation.Type: { } type } && LoraTypes.IsOptimizer(type));

    public static TrainingScript Read(IOperation body)
    {
        return new TrainingScript(body, [.. body.DescendantsAndSelf().Select(StepReader.Read).OfType<Step>().OrderBy(step => step.Operation.Syntax.SpanStart)]);
    }

    public IEnumerable<Step> Of(StepKind kind) => Steps.Where(step => step.Kind == kind);

    /// <summary>The steps of one kind that act on <paramref name="subject"/>.</summary>
    public IEnumerable<Step> Of(StepKind kind, ISymbol? subject) => Of(kind).Where(step => IsSame(step.Subject, subject));

    /// <summary>The call that attached the adapter, if it is in this body.</summary>
    public Step? AttachOf(ISymbol? adapter) => Of(StepKind.Attach).FirstOrDefault(attach => IsSame(attach.Result, adapter));

    /// <summary>Every reference to the symbol, in source order.</summary>
    public IEnumerable<Use> Uses(ISymbol? symbol) => symbol is null ? [] : _uses.Value[symbol].OrderBy(use => use.Position);

    /// <summary>Whether the variable is reassigned between two steps.</summary>
    public bool IsReplacedBetween(ISymbol? symbol, Step first, Step second)
    {
        return Uses(symbol).Any(use => use.IsAssigned && use.Position > first.Position && use.Position < second.Position);
    }

    /// <summary>
    /// Whether the second step always sees the subject as the first one left it: no step of these <paramref name="kinds"/> acts on it between them, it is not
    /// reassigned, and no other code gets a reference to it.
    /// </summary>
    public bool Reaches(Step first, Step second, ISymbol? subject, params StepKind[] kinds)
    {
        if (subject is null || !first.Precedes(second))
            return false;

        var loops = Flow.LoopsBetween(first.Operation, second.Operation).ToArray();
        return !Steps.Any(step => kinds.Contains(step.Kind) && IsSame(step.Subject, subject) && (IsBetween(step.Operation) || IsElsewhere(step.Operation)))
            && !Uses(subject).Any(use => (use.IsAssigned || !use.StaysHere) && IsBetween(use.Operation))
            && (subject is ILocalSymbol or IParameterSymbol || !Body.Descendants().OfType<IInvocationOperation>().Any(call => IsOwn(call) && IsBetween(call)));

        bool IsBetween(IOperation operation)
        {
            var start = operation.Syntax.SpanStart;
            return !Flow.Contains(operation, first.Operation)
                && !Flow.Contains(operation, second.Operation)
                && start >= first.Position
                && (start < second.Position || loops.Any(loop => Flow.Contains(loop, operation)));
        }

        // A lambda or local function may be called anywhere.
        bool IsElsewhere(IOperation operation) => Flow.Function(operation) is { } function && !Flow.Contains(function, first.Operation);

        // Methods of the user's code may change a field.
        static bool IsOwn(IInvocationOperation call)
        {
            var method = call.TargetMethod;
            return method.Locations.Any(place => place.IsInSource) && !LoraTypes.IsAdapter(method.ReturnType) && !LoraTypes.IsAdapter(method.ContainingType);
        }
    }

    public static bool IsSame(ISymbol? one, ISymbol? other) => one is not null && SymbolEqualityComparer.Default.Equals(one, other);
}
