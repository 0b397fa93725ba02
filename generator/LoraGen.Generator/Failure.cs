namespace LoraGen.Generator;

/// <summary>An error of the generator's own, as a generated file tells it: one model's bug must not take the others' adapters away.</summary>
internal static class Failure
{
    public static string Describe(Exception exception)
    {
        var place = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
        return $"LoraGen failed ({exception.GetType().Name}: {exception.Message} {place}). Please report it with the model's class";
    }
}
