using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>
/// Keeps generated types and files distinct: an adapter whose type already exists gets a file that explains it, and doesn't break the first one.
/// </summary>
internal static class DistinctAdapters
{
    public static IEnumerable<AdapterModel> Of(IEnumerable<AdapterModel> adapters)
    {
        var types = new Dictionary<(string, string), AdapterModel>();
        var files = HintNames.NoneTaken();
        foreach (var adapter in adapters)
        {
            var type = (adapter.Namespace, adapter.TypeName);
            var distinct = types.TryGetValue(type, out var first) ? adapter with { Problem = adapter.Problem ?? Collision(adapter, first) } : adapter;
            if (distinct.Problem is null)
                types.Add(type, distinct);

            yield return distinct with { HintName = HintNames.Take(adapter.HintName, files) };
        }
    }

    private static string Collision(AdapterModel adapter, AdapterModel first)
    {
        return adapter.ModelType == first.ModelType && adapter.AdapterName == first.AdapterName && adapter.Method == first.Method
            ? $"the adapter name \"{adapter.AdapterName}\" is given to {adapter.ModelName} more than once"
            : $"its type {adapter.TypeName} already belongs to adapter \"{first.AdapterName}\" of {first.ModelName}; give it another Name";
    }
}
