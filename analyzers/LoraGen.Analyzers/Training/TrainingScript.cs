using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>What one body does with models, adapters and optimizers, in the order of its text.</summary>
internal sealed class TrainingScript
{
    private TrainingScript(IOperation body, IReadOnlyList<Step> steps)
    {
        Body = body;
        Steps = steps;
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

    public static bool IsSame(ISymbol? one, ISymbol? other) => one is not null && SymbolEqualityComparer.Default.Equals(one, other);
}
