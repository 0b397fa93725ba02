namespace LoraGen;

/// <summary>
/// On a field or property that holds a module: its parameters, and those of all in it, train beside the adapter, as a new head or a norm must. The adapter
/// has values of its own for them, which it saves with A and B: PEFT's <c>modules_to_save</c>.
/// </summary>
/// <remarks>
/// While the adapter is active its values stand in the module; while it is inactive, and once it is detached, the base model's original ones do, bit for
/// bit. Nothing in the module gets an A and a B. Each module of a list or of another collection trains.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class TrainableAttribute : Attribute
{
    /// <summary>The one adapter beside which it trains. Default: every adapter of the model.</summary>
    public string? Name { get; set; }
}
