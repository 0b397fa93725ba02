namespace LoraGen;

/// <summary>The list of the methods that have an attribute of their own.</summary>
internal static class AdapterMethods
{
    public static IReadOnlyList<AdapterMethod> All { get; } =
    [
        new LoraMethod(), new DoraMethod(), new PissaMethod(), new Ia3Method(), new AdaLoraMethod(), new LoraFaMethod(),
    ];
}
