using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>What a tensor is computed from, as far as the body itself shows it: its locals are followed to everything that is assigned to them.</summary>
internal sealed class Origins
{
    private readonly TrainingScript _script;
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly List<Step> _calls = [];
    private readonly List<IInvocationOperation> _ownCalls = [];

    private Origins(TrainingScript script) => _script = script;

    /// <summary>The calls of modules.</summary>
    public IReadOnlyList<Step> Calls => _calls;

    /// <summary>The calls of the user's own methods, whose inside isn't seen.</summary>
    public IReadOnlyList<IInvocationOperation> OwnCalls => _ownCalls;

    /// <summary>Whether something else could bring a gradient: an adapter's parameters, a lambda.</summary>
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
        foreach (var operation in expression.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation call:
                    Add(call);
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    FollowLocal(local);
                    break;
                case IAnonymousFunctionOperation or IDynamicInvocationOperation:
                    HasMore = true;
                    break;
                case IExpressionStatementOperation or IArgumentOperation:
                    break;
                case { Type: { } type } when LoraTypes.IsAdapter(type):
                    HasMore = true;
                    break;
            }
        }
    }

    private void Add(IInvocationOperation call)
    {
        if (_script.Of(StepKind.Call).FirstOrDefault(step => step.Operation == call) is { } step)
            _calls.Add(step);
        else if (call.TargetMethod.Locations.Any(place => place.IsInSource) || call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
            _ownCalls.Add(call);
    }

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
                case IDeconstructionAssignmentOperation deconstruction when deconstruction.Target.DescendantsAndSelf().Any(target => Is(StepReader.SymbolOf(target))):
                    Follow(deconstruction.Value);
                    break;
                case IInvocationOperation { Instance: { } instance } call when Is(StepReader.SymbolOf(instance)) && call.TargetMethod.Name.EndsWith("_", StringComparison.Ordinal):
                    foreach (var argument in call.Arguments)
                        Follow(argument.Value);
                    break;
            }
        }

        bool Is(ISymbol? symbol) => TrainingScript.IsSame(symbol, local);
    }
}
