namespace LoraGen;

/// <summary>The schedule of an AdaLoRA adapter.</summary>
public static class AdaLoraSchedule
{
    /// <summary>
    /// Sets the number of the training's optimizer steps, where only the running program knows it, instead of <see cref="AdaLoraAttribute.TotalSteps"/>.
    /// <see cref="AdaLoraAttribute.InitialSteps"/> and <see cref="AdaLoraAttribute.FinalSteps"/> keep their shares of it, rounded down.
    /// </summary>
    /// <typeparam name="TAdapter">The generated type of the adapter.</typeparam>
    /// <param name="adapter">The adapter. Its optimizer is created afterwards.</param>
    /// <param name="totalSteps">The number of steps; at least 1.</param>
    /// <exception cref="ArgumentException">The adapter is of another method.</exception>
    /// <exception cref="InvalidOperationException">The adapter has an optimizer, which follows the schedule that it was created with.</exception>
    public static void SetTotalSteps<TAdapter>(this TAdapter adapter, long totalSteps)
        where TAdapter : AdapterBase, IOptimizerSource
    {
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        if (adapter.Sites.FirstOrDefault(site => site is not AdaLoraSite) is { } other)
            throw new ArgumentException($"Adapter \"{adapter.Name}\" has no schedule: its method is {other.Method.Label}, expected AdaLoRA.", nameof(adapter));
        if (adapter.Sites.Any(site => site.StepState is not null))
        {
            throw new InvalidOperationException(
                $"Adapter \"{adapter.Name}\" has an optimizer, whose steps follow the schedule that it was created with. Set the number of steps before.");
        }

        foreach (var site in adapter.Sites)
            site.Method = ((AdaLoraSite)site).Options.Over(totalSteps);
    }
}
