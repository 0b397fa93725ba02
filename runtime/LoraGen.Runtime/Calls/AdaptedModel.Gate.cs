namespace LoraGen;

/// <content>
/// What may happen to the model at the same time. Calls run beside each other, each with the adapters that were attached and active when it began. What changes
/// the base model runs alone: it waits for the running calls, and calls that come later wait for it.
/// </content>
internal sealed partial class AdaptedModel
{
    // One for all models, since a change concerns all that share modules. It is held for moments, never while a model computes.
    private static readonly object Sync = new();

    /// <summary>Of models that share modules one is attached after the other. Nothing waits for a call while it is held.</summary>
    public static object Attaching { get; } = new();

    private readonly List<ModelCall> _running = [];
    private readonly List<AdapterBase> _leaving = [];
    private readonly List<LayerHook> _unused = [];
    private int _waitingChanges;
    private int _waitingInHook;
    private int _changingThread;

    private bool IsIdle => _running.Count == 0 && _changingThread is var thread && (thread == 0 || thread == Environment.CurrentManagedThreadId);

    /// <summary>Begins a call: waits for changes, and gives the call its snapshot.</summary>
    public void Enter(ModelCall call)
    {
        lock (Sync)
        {
            // A waiting thread may be interrupted.
            _waitingInHook += call.IsGuarded ? 0 : 1;
            try
            {
                while (!CanEnter(call))
                    Monitor.Wait(Sync);
            }
            finally
            {
                _waitingInHook -= call.IsGuarded ? 0 : 1;
            }

            call.Snapshot = _snapshot;
            _running.Add(call);
        }
    }

    /// <summary>Ends a call.</summary>
    public void Leave(ModelCall call)
    {
        lock (Sync)
        {
            _running.Remove(call);
            CleanUp();
            Monitor.PulseAll(Sync);
        }
    }

    /// <summary>Runs what changes the base model while no call of it, and of no model that shares modules with it, is running.</summary>
    /// <param name="verb">What messages call it.</param>
    /// <param name="change">The change. It may contain others.</param>
    /// <param name="also">Further models that it concerns.</param>
    /// <exception cref="InvalidOperationException">A call of one of these models is running here.</exception>
    public void Change(string verb, Action change, IReadOnlyCollection<AdaptedModel>? also = null)
    {
        if (_changingThread == Environment.CurrentManagedThreadId)
        {
            change();
            return;
        }

        var models = BeginChange(verb, also ?? []);
        try
        {
            foreach (var model in models)
                model.EndInterruptedCall();
            change();
        }
        finally
        {
            EndChange(models);
        }
    }

    /// <summary>Runs what changes only which adapters later calls see: it does not wait for those that are running.</summary>
    public void Switch(Action change)
    {
        lock (Sync)
        {
            while (_changingThread != 0 && _changingThread != Environment.CurrentManagedThreadId)
                Monitor.Wait(Sync);
            change();
            foreach (var model in WithSharing)
                model.Publish();
        }
    }

    /// <summary>Removes an adapter that has left the base model as it was. It gives up its sites and parameters after the last call that uses them.</summary>
    public void Remove(AdapterBase adapter)
    {
        Switch(() =>
        {
            _adapters = [.. _adapters.Where(other => !ReferenceEquals(other, adapter))];
            _leaving.Add(adapter);
        });
        lock (Sync)
            CleanUp();
    }

    private bool CanEnter(ModelCall call)
    {
        if (_changingThread == Environment.CurrentManagedThreadId)
            return true;

        // A call within another one does not wait for a change that may wait for the other one.
        if (_changingThread != 0 || (_waitingChanges > 0 && call.IsOutermost))
            return false;
        if (_running.Count == 0 && _sharing.Length == 0)
            return true;
        return !WithSharing.SelectMany(model => model._running).Any(other => !call.IsWithin(other) && (_snapshot.IsExclusive || other.Snapshot.IsExclusive));
    }

    private AdaptedModel[] BeginChange(string verb, IReadOnlyCollection<AdaptedModel> also)
    {
        lock (Sync)
        {
            while (true)
            {
                AdaptedModel[] models = [.. WithSharing.Concat(also).Distinct()];
                if (models.FirstOrDefault(model => ModelCall.Of(model) is not null) is { } called)
                {
                    throw new InvalidOperationException(
                        $"{verb} was called within a call of {called.Module.GetName()}, whose base model it changes. Call it when the call has returned.");
                }

                if (models.All(model => model.IsIdle))
                {
                    foreach (var model in models)
                        model._changingThread = Environment.CurrentManagedThreadId;
                    return models;
                }

                Wait(models);
            }
        }
    }

    // The calls that wait for a change must go on when its thread is interrupted.
    private static void Wait(AdaptedModel[] models)
    {
        foreach (var model in models)
            model._waitingChanges++;
        try
        {
            Monitor.Wait(Sync);
        }
        catch
        {
            Monitor.PulseAll(Sync);
            throw;
        }
        finally
        {
            foreach (var model in models)
                model._waitingChanges--;
        }
    }

    private void EndChange(AdaptedModel[] models)
    {
        lock (Sync)
        {
            foreach (var model in models)
                model._changingThread = 0;
            foreach (var model in models.Union(WithSharing))
                model.Publish();
            CleanUp();
            Monitor.PulseAll(Sync);
        }
    }

    private void Publish() => _snapshot = new AdapterSnapshot(AllAdapters);

    private void CleanUp()
    {
        foreach (var model in WithSharing.ToArray())
        {
            foreach (var adapter in model._leaving.Where(leaving => !model.IsUsed(leaving)).ToArray())
            {
                model._leaving.Remove(adapter);
                model._unused.AddRange(adapter.GiveUp());
                model.Unlink(adapter.Sharing);
            }

            if (model.WithSharing.All(each => each.IsIdle))
                model.RemoveUnusedHooks();
        }
    }

    private bool IsUsed(AdapterBase adapter) => WithSharing.Any(model => model._running.Any(call => call.Snapshot.Contains(adapter)));

    // TorchSharp enumerates a module's hooks while it runs them, so they are removed when no call is running.
    private void RemoveUnusedHooks()
    {
        foreach (var hook in _unused)
            hook.RemoveIfUnused();
        _unused.Clear();
        if (_adapters.Length > 0 || _leaving.Count > 0 || _waitingInHook > 0)
            return;

        _unwatch?.Invoke();
        _unwatch = null;
    }
}
