using LoraGen.Generator.Counting;

namespace LoraGen.Generator.Evaluating;

/// <summary>A count that no argument changes.</summary>
/// <param name="Trainable">Parameters that train.</param>
/// <param name="Total">Parameters in all.</param>
/// <param name="Sites">The adapter's at each site, in order.</param>
internal sealed record ConstantCount(long Trainable, long Total, IReadOnlyList<(string Path, long Trainable)> Sites)
{
    /// <summary>Whether it is the same count.</summary>
    public bool IsLike(ConstantCount other) => (other.Trainable, other.Total) == (Trainable, Total) && other.Sites.SequenceEqual(Sites);

    /// <summary>The count of a model made by that constructor; null where it hangs on more than the source, or counting would throw.</summary>
    /// <param name="constructor">Takes no argument that a size hangs on.</param>
    /// <param name="shapes">The class that counts.</param>
    /// <param name="members">The members of enumerations that it names.</param>
    public static ConstantCount? Of(ShapeFunction constructor, string shapes, IReadOnlyDictionary<string, EnumValue> members)
    {
        try
        {
            var program = new GeneratedClass(shapes, members);
            var model = program.Call(constructor.Name, new ModuleShape([.. constructor.Fields]));
            var (trainable, total, sites) = ((long, long, IReadOnlyList<CountedSite>))program.Call("Count", model)!;
            return new ConstantCount(trainable, total, [.. sites.Select(site => (site.Path, site.Trainable))]);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return null;
        }
    }
}
