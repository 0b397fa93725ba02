using LoraGen.Generator.Counting;
using LoraGen.Generator.Evaluating;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The counts of an adapter's constructors that no argument changes.</summary>
internal sealed class ConstantCounts
{
    private readonly Dictionary<string, ConstantCount> _counts = new(StringComparer.Ordinal);

    public ConstantCounts(AdapterModel adapter)
    {
        if (adapter.Count is not { Constructors.Count: > 0 } facts)
            return;

        var constructors = facts.Constructors.Select(constructor => constructor.Function).Distinct(StringComparer.Ordinal).ToArray();
        var shapes = new Lazy<string>(() => ShapesWriter.Text(adapter));
        var members = new Lazy<IReadOnlyDictionary<string, EnumValue>>(() => EnumMembers.Of(facts.Functions));
        foreach (var function in facts.Functions.Where(function => constructors.Contains(function.Name) && !function.Parameters.Any(each => each.IsUsed)))
        {
            if (ConstantCount.Of(function, shapes.Value, members.Value) is { } count)
                _counts.Add(function.Name, count);
        }

        // Whatever the constructor, the same.
        if (facts.IsWhole && constructors.All(_counts.ContainsKey) && _counts.Values.All(count => count.IsLike(_counts[constructors[0]])))
            OfEveryModel = _counts[constructors[0]];
    }

    /// <summary>The count whatever the constructor; null where they differ, or one is not known.</summary>
    public ConstantCount? OfEveryModel { get; }

    /// <summary>Null where it hangs on arguments, or on what only runs.</summary>
    public ConstantCount? Of(CountedConstructor constructor) => _counts.TryGetValue(constructor.Function, out var count) ? count : null;
}
