#nullable disable
using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary whose entries keep the order in which they were added, and which is at once a list of pairs.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
{
    private readonly List<(TKey Key, TValue Value)> _entries = [];
    private readonly Dictionary<TKey, TValue> _values = [];

    public int Count => _values.Count;

    public bool IsReadOnly => false;

    public ICollection<TKey> Keys => _entries.ConvertAll(entry => entry.Key);

    public ICollection<TValue> Values => _entries.ConvertAll(entry => entry.Value);

    public (TKey, TValue) this[int index]
    {
        get => _entries[index];
        set
        {
            _entries[index] = value;
            _values[value.Item1] = value.Item2;
        }
    }

    public TValue this[TKey key]
    {
        get => _values[key];
        set
        {
            if (_values.ContainsKey(key))
                _entries[Position(key)] = (key, value);
            else
                _entries.Add((key, value));
            _values[key] = value;
        }
    }

    public IEnumerable<TKey> keys() => _values.Keys;

    public IEnumerable<TValue> values() => _values.Values;

    public IEnumerator<(TKey, TValue)> items() => _entries.GetEnumerator();

    public bool ContainsKey(TKey key) => _values.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value);

    public bool Contains((TKey, TValue) item) => _entries.Contains(item);

    public bool Contains(KeyValuePair<TKey, TValue> item) => _values.ContainsKey(item.Key);

    public int IndexOf((TKey, TValue) item) => _entries.IndexOf(item);

    public void Add(TKey key, TValue value)
    {
        _values.Add(key, value);
        _entries.Add((key, value));
    }

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    public void Insert(int index, (TKey, TValue) item)
    {
        _values.Add(item.Item1, item.Item2);
        _entries.Insert(index, item);
    }

    public bool Remove(TKey key)
    {
        // A missing key throws here, as in TorchSharp.
        _ = _values[key];
        _entries.RemoveAt(Position(key));
        return _values.Remove(key);
    }

    public bool Remove((TKey, TValue) item)
    {
        _values.Remove(item.Item1);
        return _entries.Remove(item);
    }

    public bool Remove(KeyValuePair<TKey, TValue> item) => _values.ContainsKey(item.Key) && Remove(item.Key);

    public void RemoveAt(int index)
    {
        if (index >= _entries.Count)
            throw new IndexOutOfRangeException();
        _values.Remove(_entries[index].Key);
        _entries.RemoveAt(index);
    }

    public void clear() => Clear();

    public void Clear()
    {
        _values.Clear();
        _entries.Clear();
    }

    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var (key, value) in _entries)
            array[arrayIndex++] = new(key, value);
    }

    public IEnumerator<(TKey, TValue)> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator()
        => _entries.Select(entry => new KeyValuePair<TKey, TValue>(entry.Key, entry.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    private int Position(TKey key) => _entries.FindIndex(entry => EqualityComparer<TKey>.Default.Equals(entry.Key, key));
}
