namespace LoraGen;

/// <summary>
/// Generates an adapter that trains some modules of a TorchSharp model and freezes the others, such as the last two blocks: what LLaMA-Factory calls
/// <c>freeze</c>. <see cref="SelectiveAttribute.Layers"/> chooses the blocks, <see cref="SelectiveAttribute.Targets"/> the modules; at least one of both is
/// set.
/// </summary>
/// <remarks>On a model class <c>M</c>, or as <c>[assembly: Freeze(typeof(M))]</c>, it generates <c>MFreeze</c> and <c>model.AttachFreeze()</c>.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class FreezeAttribute : SelectiveAttribute
{
    /// <summary>For the class that has the attribute.</summary>
    public FreezeAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public FreezeAttribute(Type model)
        : base(model)
    {
    }
}
