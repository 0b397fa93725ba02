using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>What a tensor is computed from, as far as the body shows: locals are followed to everything that is assigned to them.</summary>
internal sealed class Origins
{
    private readonly TrainingScript _script;
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly List<Step> _calls = [];
    private readonly List<IInvocationOperation> _ownCalls = [];

    private Origins(TrainingScript script) => _script = script;

    /// <summary>The calls of modules.</summary>
    public IReadOnlyList<Step> Calls => _calls;

    /// <summary>The calls of the user's methods, whose bodies aren't analyzed.</summary>
    public IReadOnlyList<IInvocationOperation> OwnCalls => _ownCalls;

    /// <summary>Whether something else could provide a gradient: a parameter, a tensor that requires a gradient, a lambda.</summary>
    public bool HasMore { get; private set; }

    public static Origins Of(IOperation? tensor, TrainingScript script)
    {
        var origins = new Origins(script);
        if (tensor is not null)
            origins.Follow(tensor);
        return origins;
    }

    private void Follow(IOperation expression)
    {
        switch (expression)
        {
            case IInvocationOperation call when _script.Of(StepKind.Call).FirstOrDefault(step => step.Operation == call) is { } step:
                _calls.Add(step);
                FollowAll(call.Arguments);
                return;
            case IInvocationOperation call when IsOwn(call.TargetMethod):
                _ownCalls.Add(call);
                break;
            case IAnonymousFunctionOperation or IDynamicInvocationOperation:
            case IArgumentOperation { Parameter.Name: "requires_grad", Value.ConstantValue.Value: true }:
            case { Type: { } type } when IsTrained(type):
                HasMore = true;
                break;
            case ILocalReferenceOperation { Local: var local }:
                FollowLocal(local);
                break;
        }

        FollowAll(expression.ChildOperations);
    }

    private void FollowAll(IEnumerable<IOperation> expressions)
    {
        foreach (var expression in expressions)
            Follow(expression);
    }

    private static bool IsOwn(IMethodSymbol method) => method.Locations.Any(place => place.IsInSource) || method.MethodKind == MethodKind.DelegateInvoke;

    // A module's weight counts as a parameter.
    private static bool IsTrained(ITypeSymbol type) => LoraTypes.IsAdapter(type) || type is { Name: "Parameter", ContainingNamespace.Name: "Modules" };

    private void FollowLocal(ILocalSymbol local)
    {
        if (!_followed.Add(local))
            return;

        foreach (var operation in _script.Body.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: { } value } declarator when Is(declarator.Symbol):
                    Follow(value);
                    break;
                case IAssignmentOperation assignment when Is(StepReader.SymbolOf(assignment.Target)):
                    Follow(assignment.Value);
                    break;
                case IDeconstructionAssignmentOperation { Target: var targets } deconstruction
                    when targets.Descendants().Any(target => Is(StepReader.SymbolOf(target))):
                    Follow(deconstruction.Value);
                    break;
                case IInvocationOperation call when Is(StepReader.SymbolOf(call.Instance)) && call.TargetMethod.Name.EndsWith("_", StringComparison.Ordinal):
                    FollowAll(call.Arguments);
                    break;
            }
        }

        bool Is(ISymbol? symbol) => TrainingScript.IsSame(symbol, local);
    }
}
