using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>What one body does with models, adapters and optimizers, in the order of its text.</summary>
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

    /// <summary>Whether an adapter is attached or used here; else no rule has a say.</summary>
    public bool UsesAdapter => Steps.Any(step => step.Kind is StepKind.Attach or StepKind.OptimizeAdapter or >= StepKind.Merge and not StepKind.SaveModel);

    public static TrainingScript Read(IOperation body)
    {
        return new TrainingScript(body, [.. body.DescendantsAndSelf().Select(StepReader.Read).OfType<Step>().OrderBy(step => step.Operation.Syntax.SpanStart)]);
    }

    public IEnumerable<Step> Of(StepKind kind) => Steps.Where(step => step.Kind == kind);

    /// <summary>The steps of one kind that are done to <paramref name="subject"/>.</summary>
    public IEnumerable<Step> Of(StepKind kind, ISymbol? subject) => Of(kind).Where(step => IsSame(step.Subject, subject));

    /// <summary>The attach that made the adapter, if it is in this body.</summary>
    public Step? AttachOf(ISymbol? adapter) => Of(StepKind.Attach).FirstOrDefault(attach => IsSame(attach.Result, adapter));

    /// <summary>Whether none of <paramref name="kinds"/> is done to the subject between two steps.</summary>
    public bool NothingBetween(Step first, Step second, ISymbol? subject, params StepKind[] kinds)
    {
        return !Steps.Any(step => kinds.Contains(step.Kind)
            && IsSame(step.Subject, subject)
            && step.Operation.Syntax.SpanStart > first.Operation.Syntax.SpanStart
            && step.Operation.Syntax.SpanStart < second.Operation.Syntax.SpanStart);
    }

    /// <summary>Every place that names the symbol, in order of the text.</summary>
    public IEnumerable<Use> Uses(ISymbol? symbol) => symbol is null ? [] : _uses.Value[symbol].OrderBy(use => use.Position);

    /// <summary>Whether something else is put into the variable between two steps.</summary>
    public bool IsReplacedBetween(ISymbol? symbol, Step first, Step second)
    {
        return Uses(symbol).Any(use => use.IsAssigned && use.Position > first.Position && use.Position < second.Position);
    }

    /// <summary>
    /// Whether the second step, wherever it is reached, meets the subject as the first one left it: none of <paramref name="kinds"/> is done to it between
    /// them, it is not replaced, and nothing else gets hold of it.
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

        // The user's own methods may change a field.
        static bool IsOwn(IInvocationOperation call)
        {
            return call.TargetMethod.Locations.Any(place => place.IsInSource) && !LoraTypes.IsAdapter(call.TargetMethod.ReturnType);
        }
    }

    public static bool IsSame(ISymbol? one, ISymbol? other) => one is not null && SymbolEqualityComparer.Default.Equals(one, other);
}
