using LoraGen.Sites;
using TorchSharp;

namespace LoraGen.Calls;

/// <content>
/// Synchronization of calls and changes. Calls run concurrently, each with the adapters that were attached and active when it began. A change of the base model
/// runs alone: it waits for the running calls, and later calls wait for it.
/// </content>
internal sealed partial class AdaptedModel
{
    // One lock for all models, because a change concerns all models that share modules. It is never held while a model computes.
    private static readonly object Sync = new();

    private readonly List<ModelCall> _running = [];
    private readonly List<AdapterBase> _leaving = [];
    private readonly List<LayerHook> _unused = [];
    private int _waitingChanges;
    private int _waitingInHook;
    private int _changingThread;

    /// <summary>
    /// Held while an adapter is created or attached, so that models that share modules are attached one after another. No call is waited for meanwhile.
    /// </summary>
    public static object Attaching { get; } = new();

    private bool IsIdle => _running.Count == 0 && _changingThread is var thread && (thread == 0 || thread == Environment.CurrentManagedThreadId);

    /// <summary>Begins a call: waits for changes, then gives the call its snapshot.</summary>
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

    /// <summary>Runs a change of the base model while no call of it, or of a model that shares modules with it, is running.</summary>
    /// <param name="verb">The name of the change in messages.</param>
    /// <param name="change">The change. It may contain other changes.</param>
    /// <param name="also">Further models that the change concerns.</param>
    /// <exception cref="InvalidOperationException">The current thread or task is within a call of one of these models.</exception>
    public void Change(string verb, Action change, IReadOnlyCollection<AdaptedModel>? also = null)
    {
        // A parameter that is created in inference mode could never be trained.
        using var normal = torch.inference_mode(false);
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

    /// <summary>Runs a change that only affects which adapters later calls use. It does not wait for running calls.</summary>
    public void Switch(Action change)
    {
        lock (Sync)
        {
            WaitForChange();
            change();
            foreach (var model in WithSharing)
                model.Publish();
        }
    }

    /// <summary>Reads the base model while no other thread changes it. It does not wait for running calls, which don't change it.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (Sync)
        {
            WaitForChange();
            return read();
        }
    }

    /// <summary>
    /// Removes an adapter that has restored the base model. The adapter's sites and parameters are released after the last call that uses them.
    /// </summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="leave">Marks it as detached; false if it can't be removed now.</param>
    /// <returns>Whether the adapter is removed.</returns>
    public bool Remove(AdapterBase adapter, Func<bool> leave)
    {
        var isRemoved = true;
        Switch(() =>
        {
            // Another thread may have removed it meanwhile.
            if (!_adapters.Contains(adapter))
                return;

            isRemoved = leave();
            if (!isRemoved)
                return;

            _adapters = [.. _adapters.Where(other => !ReferenceEquals(other, adapter))];
            _leaving.Add(adapter);
        });
        lock (Sync)
            CleanUp();
        return isRemoved;
    }

    private void WaitForChange()
    {
        while (_changingThread != 0 && _changingThread != Environment.CurrentManagedThreadId)
            Monitor.Wait(Sync);
    }

    private bool CanEnter(ModelCall call)
    {
        if (_changingThread == Environment.CurrentManagedThreadId)
            return true;

        // A nested call must not wait for a change, which may be waiting for the outer call.
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
                    throw ModelCall.Refuse(
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

    // TorchSharp enumerates a module's hooks while it runs them, so they are only removed when no call is running.
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
