namespace LoraGen;

/// <summary>What the sources that are shared with the runtime call, and this older framework lacks.</summary>
internal static class NewerDotNet
{
    extension(ArgumentNullException)
    {
        public static void ThrowIfNull(object? argument)
        {
            if (argument is null)
                throw new ArgumentNullException(nameof(argument));
        }
    }

    public static TValue? GetValueOrDefault<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key)
    {
        return dictionary.TryGetValue(key, out var value) ? value : default;
    }
}
