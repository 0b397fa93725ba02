using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class ModuleChangedInThread() : CodeRule(
    "LORA4015",
    "A module is moved, or its hooks are changed, while another thread uses it",
    "{0}.{1}(…) runs while another thread may call {0}: {2}; do it before the threads start",
    DiagnosticSeverity.Warning)
{
    private static readonly HashSet<string> Moves = new(["to", "cuda", "cpu", "half", "bfloat16", "float", "double"], StringComparer.Ordinal);
    private static readonly HashSet<string> Hooks = new(["register_forward_hook", "register_forward_pre_hook"], StringComparer.Ordinal);

    public override bool MayConcern(SyntaxNode node) => TorchCalls.NameOf(node) is { } name && (Moves.Contains(name) || Hooks.Contains(name));

    public override void Check(IOperation operation, Report report)
    {
        if (operation is not IInvocationOperation change || ChangedBy(change) is not { } module || StepReader.SymbolOf(module) is not { } symbol)
            return;

        var root = Locals.Root(change);
        var bodies = root.Descendants().Select(ThreadBody.Of).OfType<ThreadBody>().Where(body => !IsDeclaredIn(symbol, body)).ToArray();
        var own = bodies.Where(body => Flow.Contains(body.Lambda, change)).ToArray();
        if (!own.Any(body => body.IsRepeated) && !Calls(root, symbol).Any(call => IsConcurrent(change, call, own, bodies)))
            return;

        var what = Hooks.Contains(change.TargetMethod.Name)
            ? "TorchSharp enumerates the hooks of a module while it runs them"
            : "its parameters are replaced and freed";
        report.At(change.Syntax.GetLocation(), module.Syntax, change.TargetMethod.Name, what);
    }

    private static IOperation? ChangedBy(IInvocationOperation change)
    {
        var module = (change.Instance ?? change.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value)?.Unconverted();
        return module?.Type is { } type && TorchTypes.IsModule(type) ? module : null;
    }

    private static IEnumerable<IOperation> Calls(IOperation root, ISymbol module)
    {
        return root.Descendants()
            .OfType<IInvocationOperation>()
            .Where(call => call.TargetMethod.Name is "call" or "forward"
                && call.Instance is { } called
                && SymbolEqualityComparer.Default.Equals(StepReader.SymbolOf(called), module));
    }

    private static bool IsConcurrent(IOperation change, IOperation call, IReadOnlyCollection<ThreadBody> own, IEnumerable<ThreadBody> bodies)
    {
        var others = bodies.Where(body => Flow.Contains(body.Lambda, call) && !own.Contains(body)).ToArray();
        return own.Count > 0
            ? others.Any(other => own.Any(body => body.Overlaps(other))) || (others.Length == 0 && own.Any(body => body.IsDuring(call)))
            : others.Any(other => other.IsDuring(change));
    }

    // Each run of the lambda has its own.
    private static bool IsDeclaredIn(ISymbol symbol, ThreadBody body)
    {
        return symbol is ILocalSymbol or IParameterSymbol
            && symbol.DeclaringSyntaxReferences.Any(place => Declared(body).Contains(place.Span) && place.SyntaxTree == body.Lambda.Syntax.SyntaxTree);
    }

    // In a loop that starts the threads, a variable of the loop belongs to one of them.
    private static Microsoft.CodeAnalysis.Text.TextSpan Declared(ThreadBody body)
    {
        var loop = Flow.Around(body.Lambda).FirstOrDefault(outer => outer is ILoopOperation or IAnonymousFunctionOperation);
        return body.IsRepeated && loop is not null ? loop.Syntax.Span : body.Lambda.Syntax.Span;
    }
}
