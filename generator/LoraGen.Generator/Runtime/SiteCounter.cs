namespace LoraGen;

/// <content>Its answer, as the compiler uses it.</content>
public sealed partial class SiteCounter
{
    /// <summary>As the runtime's method of that name.</summary>
    public object Count(string adapter) => CountElements(adapter);
}
