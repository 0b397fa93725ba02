namespace LoraGen;

/// <summary>
/// A running call of an adapted model, with the adapters that take part in it. A call that generated code runs ends however it is left. TorchSharp runs no hook
/// after a forward that throws, so a call of which only hooks tell ends with the first exception that is thrown in it.
/// </summary>
internal sealed class ModelCall : IDisposable
{
    // Flows to the tasks that a forward starts.
    private static readonly AsyncLocal<ModelCall?> Innermost = new();

    private readonly AdaptedModel _model;
    private readonly ModelCall? _outer;
    private AdapterBase[] _set = [];
    private int _depth = 1;
    private volatile bool _hasEnded;

    static ModelCall() => AppDomain.CurrentDomain.FirstChanceException += (_, _) => EndInterrupted();

    private ModelCall(AdaptedModel model, bool isGuarded)
    {
        (_model, _outer, IsGuarded) = (model, Running.FirstOrDefault(), isGuarded);
        model.Enter(this);
    }

    /// <summary>The adapters as they were when it began.</summary>
    public AdapterSnapshot Snapshot { get; set; } = AdapterSnapshot.Empty;

    /// <summary>Whether its end is seen also when an exception leaves it.</summary>
    public bool IsGuarded { get; }

    /// <summary>Whether it runs in no other one.</summary>
    public bool IsOutermost => _outer is null;

    /// <summary>Whether it runs in the other one.</summary>
    public bool IsWithin(ModelCall other)
    {
        for (var call = _outer; call is not null; call = call._outer)
        {
            if (call == other)
                return true;
        }

        return false;
    }

    /// <summary>The calls that are running here, the innermost first.</summary>
    private static IEnumerable<ModelCall> Running
    {
        get
        {
            for (var call = Innermost.Value; call is not null; call = call._outer)
            {
                if (!call._hasEnded)
                    yield return call;
            }
        }
    }

    /// <summary>The call of the model that is running here; null where none is.</summary>
    public static ModelCall? Of(AdaptedModel model) => Running.FirstOrDefault(call => call._model == model);

    /// <summary>Whether the adapter takes part in what is running here: as it was when the call began, or, where no call of its model is running, as it is.</summary>
    public static bool IsActing(AdapterBase adapter)
    {
        for (var call = Innermost.Value; call is not null; call = call._outer)
        {
            if (!call._hasEnded && call.Snapshot.IsActing(adapter) is { } isActing)
                return isActing;
        }

        return adapter.IsActing;
    }

    /// <summary>Begins a call that is certain to be ended; null within a call of the same model, which goes on.</summary>
    public static ModelCall? Begin(AdaptedModel model) => Of(model) is null ? Begin(model, isGuarded: true) : null;

    /// <summary>Begins a call of which hooks tell.</summary>
    public static void BeginInHook(AdaptedModel model)
    {
        if (Of(model) is { } call)
            call._depth++;
        else
            Begin(model, isGuarded: false);
    }

    /// <summary>Ends a call of which hooks tell.</summary>
    public static void EndInHook(AdaptedModel model)
    {
        if (Of(model) is { } call && --call._depth == 0)
            call.Complete();
    }

    /// <summary>Ends the call, which has returned.</summary>
    /// <exception cref="InvalidOperationException">A site of an adapter was not reached.</exception>
    public void Complete()
    {
        Dispose();
        foreach (var adapter in Snapshot.Acting.Where(adapter => adapter.AdaptedModel == _model))
            adapter.EnsureReached();
    }

    /// <summary>Ends the call, however it is left.</summary>
    public void Dispose()
    {
        if (_hasEnded)
            return;

        foreach (var adapter in _set)
            adapter.RestoreWeights();
        End();
        if (ReferenceEquals(Innermost.Value, this))
            Innermost.Value = _outer;
    }

    private static ModelCall Begin(AdaptedModel model, bool isGuarded)
    {
        var call = new ModelCall(model, isGuarded);
        Innermost.Value = call;
        if (!call.Snapshot.IsExclusive)
            return call;

        try
        {
            call.SetWeights();
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    // What a call around this one has set is in the weights already. After a call that an exception has ended, they may still be set.
    private void SetWeights()
    {
        var isSet = Running.SelectMany(call => call._set).ToHashSet();
        _set = [.. Snapshot.Acting.Where(adapter => adapter.IsReparametrized && !isSet.Contains(adapter))];
        foreach (var adapter in _set)
            adapter.RestoreWeights();
        foreach (var adapter in _set)
            adapter.SetWeights();
    }

    private static void EndInterrupted()
    {
        foreach (var call in Running.Where(call => !call.IsGuarded))
            call.End();
    }

    private void End()
    {
        _hasEnded = true;
        _model.Leave(this);
    }
}
