namespace LoraGen;

/// <content>
/// The order of several adapters. What is in the weights acts before what is not, so that of adapters whose order matters on a layer the earlier ones must be
/// merged first, and unmerged last.
/// </content>
public abstract partial class AdapterBase
{
    private IEnumerable<AdapterBase> Earlier => AdaptedModel.Of(_model).Adapters.TakeWhile(other => !ReferenceEquals(other, this));

    private IEnumerable<AdapterBase> Later => AdaptedModel.Of(_model).Adapters.SkipWhile(other => !ReferenceEquals(other, this)).Skip(1);

    private bool IsAdditive => _sites.All(site => site.Method.IsAdditive);

    /// <summary>Throws where one of the adapters is on a layer of this one, and their order matters there.</summary>
    private void EnsureInOrder(IEnumerable<AdapterBase> others, string wayOut)
    {
        var layers = _sites.Select(site => site.Module).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var other in others.Where(other => !IsAdditive || !other.IsAdditive))
        {
            if (other._sites.FirstOrDefault(site => layers.Contains(site.Module)) is { } site)
            {
                throw new InvalidOperationException(
                    $"{site.Path}: the adapters \"{Name}\" and \"{other.Name}\" compose there in the order of attaching, and what is merged acts before what is "
                    + $"not. {wayOut}.");
            }
        }
    }
}
