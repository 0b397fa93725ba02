namespace LoraGen;

/// <summary>
/// Maps the names of a checkpoint's tensors to those of a model's <c>state_dict</c>. Patterns have the form of <see cref="LayerAdapterAttribute.Targets"/>:
/// a name, the end of a dotted path, or either with <c>*</c> for any characters.
/// </summary>
public sealed partial record CheckpointMapping
{
    /// <summary>A prefix that is removed from the tensors' names, such as <c>model.</c>. Default: none.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>
    /// Replacements of text anywhere in a name, applied in this order after <see cref="Prefix"/>: <c>[new("gamma", "weight")]</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Renames { get; init; } = [];

    /// <summary>
    /// The model's weights [out, in] that the checkpoint stores as [in, out], as for GPT-2's <c>Conv1D</c>. Each pattern must match a weight.
    /// </summary>
    public IReadOnlyList<string> Transposed { get; init; } = [];

    /// <summary>
    /// Names of the model that get the tensor of another name of the model if the checkpoint lacks theirs:
    /// <c>[new("lm_head.weight", "embed_tokens.weight")]</c> for a model that was saved with tied weights and does not tie them.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Copies { get; init; } = [];

    /// <summary>Tensors of the checkpoint that the model doesn't use, by their names in the file.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Names of the model that keep their values if the checkpoint lacks them, such as those of a new head.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    internal string NameInModel(string name)
    {
        var stripped = Prefix.Length > 0 && name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        return Renames.Aggregate(stripped, static (renamed, rule) => renamed.Replace(rule.Key, rule.Value, StringComparison.Ordinal));
    }
}
