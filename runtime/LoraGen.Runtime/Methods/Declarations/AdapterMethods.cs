namespace LoraGen;

/// <summary>The methods that have an attribute of their own: the one list to which a method is added.</summary>
internal static class AdapterMethods
{
    public static IReadOnlyList<AdapterMethod> All { get; } = [new LoraMethod(), new DoraMethod(), new PissaMethod(), new Ia3Method()];
}
