namespace TorchSharp;

internal static class ListExtensions
{
    /// <summary>The list itself where it can be read, a copy otherwise.</summary>
    internal static IReadOnlyList<T> AsReadOnly<T>(this IList<T> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list as IReadOnlyList<T> ?? list.ToArray();
    }
}
