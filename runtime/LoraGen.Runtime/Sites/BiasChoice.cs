namespace LoraGen;

/// <summary>Which biases an adapter's members and its class ask for together.</summary>
internal static class BiasChoice
{
    /// <param name="asked">At each adapted layer.</param>
    /// <exception cref="ArgumentException">A member asks for all biases of the model.</exception>
    public static LoraBias Of(IEnumerable<LoraBias> asked)
    {
        var choices = asked.Distinct().ToArray();
        if (choices.Length > 1 && choices.Contains(LoraBias.All))
            throw new ArgumentException("Bias = All speaks of the whole model, but a member sets another Bias; set it on the class alone.");

        return choices.FirstOrDefault(bias => bias != LoraBias.None);
    }

    /// <summary>Whether a parameter of the model is a bias, by its own name, as PEFT tells them.</summary>
    public static bool IsBias(string name) => name.Contains("bias", StringComparison.Ordinal);

    /// <exception cref="InvalidOperationException">There is no bias of that choice.</exception>
    public static void EnsureFound(LoraBias bias, bool isFound)
    {
        if (bias == LoraBias.None || isFound)
            return;

        throw new InvalidOperationException(
            $"Bias is {bias}, but there is no bias to train {(bias == LoraBias.All ? "in the model" : "at the adapted layers")}; leave Bias out.");
    }
}
