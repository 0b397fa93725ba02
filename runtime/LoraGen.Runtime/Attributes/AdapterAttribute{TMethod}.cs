namespace LoraGen;

/// <summary>
/// Generates an adapter for a user-defined method. For a class <c>ScaleMethod</c> and a model <c>M</c> it generates the type <c>MScale</c> and the
/// extension method <c>model.AttachScale(new ScaleMethod { … })</c>, which takes the method's options.
/// </summary>
/// <remarks>It can be used wherever <see cref="LoraAttribute"/> can; on a member it adapts the layer, or every layer within the module.</remarks>
/// <typeparam name="TMethod">The method; derive it from <see cref="MergeableMethod"/> or <see cref="AdapterMethod"/>.</typeparam>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class AdapterAttribute<TMethod> : LayerAdapterAttribute
    where TMethod : AdapterMethod, new()
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public AdapterAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public AdapterAttribute(Type model)
        : base(model)
    {
    }
}
