namespace LoraGen;

/// <content>The way back, from the model's names to those of a checkpoint.</content>
public sealed partial record CheckpointMapping
{
    /// <summary>
    /// The name in a checkpoint: <see cref="Renames"/> undone in reverse order, after <see cref="Prefix"/>. Null if loading would not lead back.
    /// </summary>
    internal string? NameInCheckpoint(string name)
    {
        if (Renames.Any(rule => rule.Value.Length == 0))
            return null;

        var renamed = Renames.Reverse().Aggregate(name, static (text, rule) => text.Replace(rule.Value, rule.Key, StringComparison.Ordinal));
        return NameInModel(Prefix + renamed) == name ? Prefix + renamed : null;
    }
}
