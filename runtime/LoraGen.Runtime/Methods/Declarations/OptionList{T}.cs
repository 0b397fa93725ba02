using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace LoraGen;

/// <summary>
/// A list as an option of a method: it is equal to another one with the same entries, and its text has the entries. Those of an array are its identity and its
/// type, so that a method's file would not tell which entries it was saved with.
/// </summary>
/// <typeparam name="T">The type of the entries: a number, a string, an enum or a record.</typeparam>
[CollectionBuilder(typeof(OptionList), nameof(OptionList.Create))]
public sealed class OptionList<T> : IReadOnlyList<T>, IEquatable<OptionList<T>>
{
    private readonly T[] _entries;

    /// <summary>Copies the entries.</summary>
    /// <param name="entries">The entries, in their order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> is null.</exception>
    public OptionList(IEnumerable<T> entries) => _entries = (entries ?? throw new ArgumentNullException(nameof(entries))).ToArray();

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Length;

    /// <summary>An entry.</summary>
    /// <param name="index">Its index, from 0.</param>
    public T this[int index] => _entries[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the other list has equal entries in the same order.</summary>
    /// <param name="other">The other list.</param>
    public bool Equals(OptionList<T>? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OptionList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Aggregate(17, (hash, entry) => unchecked((hash * 31) + (entry?.GetHashCode() ?? 0)));

    /// <summary>Returns the entries in brackets, numbers in the invariant culture and strings in quotation marks: <c>["up", "down"]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _entries.Select(Text))}]";

    private static string Text(T entry) => entry switch
    {
        string text => Quoted(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{entry}",
    };

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
            (character is '"' or '\\' ? quoted.Append('\\') : quoted).Append(character);
        return quoted.Append('"').ToString();
    }
}
