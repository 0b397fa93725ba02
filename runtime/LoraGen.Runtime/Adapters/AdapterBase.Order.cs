using LoraGen.Calls;

namespace LoraGen;

/// <content>
/// The order of several adapters. Merged adapters act before the others, so if the order matters on a layer, the earlier adapters must be merged first and
/// unmerged last.
/// </content>
public abstract partial class AdapterBase
{
    /// <summary>The adapter's position in the order of attaching, among the adapters of all models.</summary>
    internal long Order { get; private set; }

    private IEnumerable<AdapterBase> Earlier => AdaptedModel.AllAdapters.Where(other => other.Order < Order);

    private IEnumerable<AdapterBase> Later => AdaptedModel.AllAdapters.Where(other => other.Order > Order);

    private bool IsAdditive => _sites.All(site => site.Method.IsAdditive);

    /// <summary>Throws if one of the adapters is on a layer of this one, and their order matters there.</summary>
    private void EnsureInOrder(IEnumerable<AdapterBase> others, string wayOut)
    {
        var layers = _sites.Select(site => site.Module).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var other in others.Where(other => !IsAdditive || !other.IsAdditive))
        {
            if (other._sites.FirstOrDefault(site => layers.Contains(site.Module)) is { } site)
            {
                var way = other is Adapter ? wayOut : $"\"{other.Name}\" can't be merged: set its IsActive to false, or detach it";
                throw new InvalidOperationException(
                    $"{site.Path}: the adapters \"{Name}\" and \"{other.Name}\" compose there in the order of attaching, but a merged adapter acts before one "
                    + $"that is not merged. {way}.");
            }
        }
    }
}
