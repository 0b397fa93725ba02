using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The adapters that are attached to one base model.</summary>
internal sealed class AdaptedModel
{
    private static readonly ConditionalWeakTable<nn.Module, AdaptedModel> Models = [];

    private static long s_attached;

    private readonly List<AdapterBase> _adapters = [];

    /// <summary>Tells the adapters of a model, if it has any, that a call of it begins.</summary>
    public static void BeginCall(nn.Module model)
    {
        if (!Models.TryGetValue(model, out var adapted))
            return;

        foreach (var adapter in adapted._adapters)
            adapter.BeginModelCall();
    }

    /// <summary>Tells the adapters of a model, if it has any, that a call of it has ended.</summary>
    public static void EndCall(nn.Module model)
    {
        if (!Models.TryGetValue(model, out var adapted))
            return;

        foreach (var adapter in adapted._adapters)
            adapter.EndModelCall();
    }

    /// <summary>A number that grows with each adapter that is attached.</summary>
    public static long NextOrder() => Interlocked.Increment(ref s_attached);

    public static AdaptedModel Of(nn.Module model) => Models.GetOrCreateValue(model);

    public IReadOnlyList<AdapterBase> Adapters => _adapters;

    public void Add(AdapterBase adapter) => _adapters.Add(adapter);

    public void Remove(AdapterBase adapter) => _adapters.Remove(adapter);

    public void EnsureFree(string name, nn.Module model)
    {
        if (_adapters.Any(adapter => adapter.Name == name))
        {
            throw new InvalidOperationException(
                $"An adapter named \"{name}\" is already attached to this {model.GetName()}. Detach it first, or attach this one under another name.");
        }
    }
}
