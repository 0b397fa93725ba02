namespace LoraGen;

/// <summary>
/// Asks the compiler for an adapter by a method of your own. For a class <c>ScaleMethod</c> and a model <c>M</c> it generates the type <c>MScale</c> and the
/// extension method <c>model.AttachScale(new ScaleMethod { … })</c>, to which the method's options are given.
/// </summary>
/// <remarks>It stands where <see cref="LoraAttribute"/> may stand; on a member it adapts the layer, or every layer within the module.</remarks>
/// <typeparam name="TMethod">The method; derive it from <see cref="MergeableMethod"/> or <see cref="AdapterMethod"/>.</typeparam>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class AdapterAttribute<TMethod> : AdapterAttribute
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
