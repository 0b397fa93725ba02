namespace TorchSharp;

/// <summary>The dispose scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? current;

    internal static DisposeScopeManager ThreadSingleton => current ??= new DisposeScopeManager();

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.ThreadStatistics;

    internal ThreadDisposeScopeStatistics ThreadStatistics { get; } = new();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    /// <summary>Counts a new tensor and gives the scope that it belongs to.</summary>
    internal DisposeScope? Register(torch.Tensor tensor)
    {
        var statistics = ThreadStatistics.TensorStatistics;
        if (CurrentDisposeScope is not { } scope)
        {
            statistics.CreatedOutsideScopeCount++;
            return null;
        }

        statistics.CreatedInScopeCount++;
        scope.Disposables.Add(tensor);
        return scope;
    }

    internal void CountDisposal(torch.Tensor tensor)
    {
        var statistics = ThreadStatistics.TensorStatistics;
        if (tensor.OwningDisposeScope is null)
        {
            statistics.DisposedOutsideScopeCount++;
        }
        else
        {
            statistics.DisposedInScopeCount++;
        }
    }

    internal DisposeScope Open() => CurrentDisposeScope = new DisposeScope(this);

    /// <summary>Takes a scope out of the chain, wherever in it the scope stands.</summary>
    internal void Close(DisposeScope closed)
    {
        if (CurrentDisposeScope == closed)
        {
            CurrentDisposeScope = closed.OuterScope;
            return;
        }

        for (var scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
        {
            if (scope.OuterScope == closed)
            {
                scope.OuterScope = closed.OuterScope;
                return;
            }
        }
    }
}
