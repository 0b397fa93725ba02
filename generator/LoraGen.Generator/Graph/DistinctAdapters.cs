using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>Keeps every generated file apart: a second adapter of the same name is said in a file of its own instead of breaking the first.</summary>
internal static class DistinctAdapters
{
    public static IEnumerable<AdapterModel> Of(IEnumerable<AdapterModel> adapters)
    {
        return adapters
            .GroupBy(adapter => adapter.HintName, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Select((adapter, index) => index == 0 ? adapter : Repeated(adapter, index)));
    }

    private static AdapterModel Repeated(AdapterModel adapter, int index)
    {
        return adapter with
        {
            HintName = adapter.HintName.Replace(".g.cs", $".{index + 1}.g.cs"),
            Problem = $"the adapter name \"{adapter.AdapterName}\" is given to {adapter.ModelName} more than once",
        };
    }
}
