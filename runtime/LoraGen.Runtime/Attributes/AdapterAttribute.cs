namespace LoraGen;

/// <summary>The base class of the adapter attributes: the model and the adapter's name.</summary>
public abstract class AdapterAttribute : Attribute
{
    private protected AdapterAttribute()
    {
    }

    private protected AdapterAttribute(Type model) => Model = model;

    /// <summary>The model class of an assembly-level attribute.</summary>
    public Type? Model { get; }

    /// <summary>The adapter's name and, unless it is <c>default</c>, part of its type's name: <c>style</c> gives <c>MStyleLora</c>.</summary>
    public string Name { get; set; } = "default";

    /// <summary>
    /// The maximum number of parameters that the adapter may train: attaching throws if it would have more, and the compiler reports it if it knows the sizes
    /// of all layers. 0, the default: no limit. On a member it has no effect.
    /// </summary>
    public long MaxTrainableParameters { get; set; }

    /// <summary>
    /// Gradient checkpointing: blocks that keep only their inputs in training, and are run again in the backward pass, in the form of
    /// <see cref="LayerAdapterAttribute.Targets"/>: <c>layers.*</c>. Modules within a named one are part of it. A pattern that matches no module is an error
    /// when attaching. On a member it has no effect. Default: the modules with <see cref="CheckpointAttribute"/>.
    /// </summary>
    public string[] Checkpoint { get; set; } = [];
}
