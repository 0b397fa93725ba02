namespace LoraGen.Training;

/// <summary>Orders that are functions of a seed and an epoch: the same on every platform and in every run.</summary>
public static class SeededShuffle
{
    /// <summary>A random order of the numbers from 0 to <paramref name="count"/> − 1 (Fisher and Yates, with numbers of SplitMix64).</summary>
    /// <param name="count">How many numbers.</param>
    /// <param name="seed">The seed. Different seeds give independent orders.</param>
    /// <param name="epoch">The epoch. Different epochs give independent orders.</param>
    public static int[] Order(int count, long seed, long epoch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = Enumerable.Range(0, count).ToArray();
        Shuffle(order, SplitMix64.Of(seed, epoch));
        return order;
    }

    /// <summary>
    /// Shuffles a stream within a buffer, as tf.data and Hugging Face's datasets do: the buffer is filled, then each element that is given is drawn from it and
    /// replaced with the next one. An element is given at most <paramref name="buffer"/> − 1 places before its own.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="buffer">How many elements are held.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch.</param>
    public static IEnumerable<T> Stream<T>(IEnumerable<T> source, int buffer, long seed, long epoch = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer, 1);
        return Draw(source, buffer, SplitMix64.Of(seed, epoch));
    }

    internal static void Shuffle<T>(T[] items, SplitMix64 random)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var chosen = random.Next(last + 1);
            (items[last], items[chosen]) = (items[chosen], items[last]);
        }
    }

    private static IEnumerable<T> Draw<T>(IEnumerable<T> source, int buffer, SplitMix64 random)
    {
        var held = new List<T>();
        foreach (var element in source)
        {
            if (held.Count < buffer)
            {
                held.Add(element);
                continue;
            }

            var chosen = random.Next(buffer);
            yield return held[chosen];
            held[chosen] = element;
        }

        var rest = held.ToArray();
        Shuffle(rest, random);
        foreach (var element in rest)
            yield return element;
    }
}
