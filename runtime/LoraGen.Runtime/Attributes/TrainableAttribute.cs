namespace LoraGen;

/// <summary>
/// On a field or property that holds a module: its parameters, and those of the modules in it, are trained beside the adapter, as needed for a new head or a
/// norm. The adapter has its own values for them, which it saves with A and B: PEFT's <c>modules_to_save</c>.
/// </summary>
/// <remarks>
/// While the adapter is active, the module has the adapter's values; while it is inactive, and after it is detached, the base model's original ones, bit for
/// bit. No layer in the module gets an A and a B. Each module of a list or of another collection is trained.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class TrainableAttribute : Attribute
{
    /// <summary>The adapter beside which it is trained. Default: every adapter of the model.</summary>
    public string? Name { get; set; }
}
