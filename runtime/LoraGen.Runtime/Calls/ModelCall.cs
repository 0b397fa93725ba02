using LoraGen.Sites;

namespace LoraGen.Calls;

/// <summary>
/// A running call of an adapted model, with the adapters that take part in it. Generated code ends its calls in a <c>finally</c> block. TorchSharp runs no hook
/// after a forward that throws, so a call that only hooks see ends with the first exception that is thrown in it.
/// </summary>
internal sealed class ModelCall : IDisposable
{
    // The value flows to the tasks that a forward starts.
    private static readonly AsyncLocal<ModelCall?> Innermost = new();

    // Marks the exception of a change that was refused within a call, which continues.
    private static readonly object Refusal = new();

    [ThreadStatic]
    private static WeakReference<AdaptedModel>? s_last;

    private readonly AdaptedModel _model;
    private readonly ModelCall? _outer;
    private readonly int _version = HotReload.Version;
    private AdapterBase[] _set = [];
    private int _depth = 1;
    private volatile bool _hasEnded;

    static ModelCall() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => EndInterrupted(thrown.Exception);

    private ModelCall(AdaptedModel model, bool isGuarded)
    {
        (_model, _outer, IsGuarded, s_last) = (model, Running.FirstOrDefault(), isGuarded, model.Weak);
        model.Enter(this);
    }

    /// <summary>The model that this thread has called last; null if it has called none that exists.</summary>
    public static AdaptedModel? Last => s_last?.TryGetTarget(out var model) == true ? model : null;

    /// <summary>The adapters as they were when the call began.</summary>
    public AdapterSnapshot Snapshot { get; set; } = AdapterSnapshot.Empty;

    /// <summary>Whether the end of the call is seen even if it throws.</summary>
    public bool IsGuarded { get; }

    /// <summary>Whether the call is not nested in another one.</summary>
    public bool IsOutermost => _outer is null;

    /// <summary>Whether this call runs within another one.</summary>
    public bool IsWithin(ModelCall other)
    {
        for (var call = _outer; call is not null; call = call._outer)
        {
            if (call == other)
                return true;
        }

        return false;
    }

    /// <summary>The running calls that the current thread or task is within, the innermost first.</summary>
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

    /// <summary>The call of the model that the current thread or task is within; null if there is none.</summary>
    public static ModelCall? Of(AdaptedModel model) => Running.FirstOrDefault(call => call._model == model);

    /// <summary>
    /// Whether the adapter takes part in the current call: its state when the call began, or its current state outside of a call of its model.
    /// </summary>
    public static bool IsActing(AdapterBase adapter)
    {
        for (var call = Innermost.Value; call is not null; call = call._outer)
        {
            if (!call._hasEnded && call.Snapshot.IsActing(adapter) is { } isActing)
                return isActing;
        }

        return adapter.IsActing;
    }

    /// <summary>
    /// Returns the adapters of models that act in the current call, or act now outside of a call, in the order of attaching. A call keeps the adapters with
    /// which it began.
    /// </summary>
    public static IEnumerable<AdapterBase> Acting(IReadOnlyCollection<AdaptedModel> models)
    {
        var acting = Running.FirstOrDefault(call => models.Contains(call._model))?.Snapshot.Acting
            ?? models.Distinct().SelectMany(model => model.Adapters).Where(adapter => adapter.IsActing).OrderBy(adapter => adapter.Order);
        return acting.Where(adapter => models.Contains(adapter.AdaptedModel));
    }

    /// <summary>Creates the exception of a change that is made within a call of the model. Unlike others, it does not end the call.</summary>
    public static InvalidOperationException Refuse(string message) => new(message) { Data = { [Refusal] = true } };

    /// <summary>Begins a call that the caller disposes; returns null within a call of the same model, which continues.</summary>
    public static ModelCall? Begin(AdaptedModel model) => Of(model) is null ? Begin(model, isGuarded: true) : null;

    /// <summary>The running calls that the current thread or task is within, the outermost first.</summary>
    public static IReadOnlyList<(AdaptedModel Model, AdapterSnapshot Snapshot)> Current =>
        [.. Running.Reverse().Select(call => (call._model, call.Snapshot))];

    /// <summary>Begins a call, which the caller disposes, with the adapters of an earlier one.</summary>
    public static ModelCall Repeat(AdaptedModel model, AdapterSnapshot snapshot) =>
        Enter(new ModelCall(model, isGuarded: true) { Snapshot = snapshot }, static _ => { });

    /// <summary>Begins a call that a hook reports.</summary>
    public static void BeginInHook(AdaptedModel model)
    {
        if (Of(model) is { } call)
            call._depth++;
        else
            Begin(model, isGuarded: false);
    }

    /// <summary>Ends a call that a hook reports.</summary>
    public static void EndInHook(AdaptedModel model)
    {
        if (Of(model) is { } call && --call._depth == 0)
            call.Complete();
    }

    /// <summary>Ends a call that has returned.</summary>
    /// <exception cref="InvalidOperationException">A site of an adapter was not reached.</exception>
    public void Complete()
    {
        Dispose();
        foreach (var adapter in Snapshot.Acting.Where(adapter => adapter.AdaptedModel == _model))
            adapter.EnsureReached(_version);
    }

    /// <summary>Ends the call if it has not ended.</summary>
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

    private static ModelCall Begin(AdaptedModel model, bool isGuarded) => Enter(new ModelCall(model, isGuarded), static adapter => adapter.EnsureStepped());

    private static ModelCall Enter(ModelCall call, Action<AdapterBase> check)
    {
        Innermost.Value = call;
        try
        {
            foreach (var adapter in call.Snapshot.Acting)
                check(adapter);
            if (call.Snapshot.IsExclusive)
                call.SetWeights();
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    // An outer call may have set the weights of an adapter already; and after a call that an exception ended, they may still be set.
    private void SetWeights()
    {
        var isSet = Running.SelectMany(call => call._set).ToHashSet();
        _set = [.. Snapshot.Acting.Where(adapter => adapter.IsReparametrized && !isSet.Contains(adapter))];
        foreach (var adapter in _set)
            adapter.RestoreWeights();
        foreach (var adapter in _set)
            adapter.SetWeights();
    }

    private static void EndInterrupted(Exception thrown)
    {
        foreach (var call in Running.Where(call => !call.IsGuarded && !thrown.Data.Contains(Refusal)))
            call.End();
    }

    private void End()
    {
        _hasEnded = true;
        _model.Leave(this);
    }
}
