namespace LoraGen;

/// <summary>
/// How the names of a checkpoint's tensors become those of a model's <c>state_dict</c>. Patterns are written as <see cref="AdapterAttribute.Targets"/> are:
/// a name, the end of a dotted path, or either with <c>*</c> for any characters.
/// </summary>
public sealed record CheckpointMapping
{
    /// <summary>What is taken away from the beginning of a tensor's name where it stands there, such as <c>model.</c>. Default nothing.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>
    /// What is put in the place of what, wherever it stands in a name, in this order and after <see cref="Prefix"/>: <c>[new("gamma", "weight")]</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Renames { get; init; } = [];

    /// <summary>The model's weights [out, in] that the checkpoint keeps as [in, out], as GPT-2's <c>Conv1D</c> does. Each pattern must meet one.</summary>
    public IReadOnlyList<string> Transposed { get; init; } = [];

    /// <summary>
    /// Names of the model that get the tensor of another name of the model where the checkpoint has none of their own:
    /// <c>[new("lm_head.weight", "embed_tokens.weight")]</c> for a model that was saved with tied weights and does not tie them.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Copies { get; init; } = [];

    /// <summary>Tensors of the checkpoint that the model has no use for, by their names in the file.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Names of the model that keep the values they have if the checkpoint lacks them, such as those of a new head.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    internal string NameInModel(string name)
    {
        var stripped = Prefix.Length > 0 && name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        return Renames.Aggregate(stripped, static (renamed, rule) => renamed.Replace(rule.Key, rule.Value, StringComparison.Ordinal));
    }
}
