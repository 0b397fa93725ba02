namespace LoraGen.Sites;

/// <summary>The biases that an adapter trains, according to the attributes on the class and on its members.</summary>
internal static class BiasChoice
{
    /// <param name="asked">The option at each adapted layer.</param>
    /// <exception cref="ArgumentException">An attribute on a member sets <c>Bias</c> to <see cref="LoraBias.All"/>.</exception>
    public static LoraBias Of(IEnumerable<LoraBias> asked)
    {
        var choices = asked.Distinct().ToArray();
        if (choices.Length > 1 && choices.Contains(LoraBias.All))
            throw new ArgumentException("Bias = All applies to the whole model, but a member sets another Bias; set it only on the class.");

        return choices.FirstOrDefault(bias => bias != LoraBias.None);
    }

    /// <summary>Whether a parameter of the model is a bias, recognized by its own name as in PEFT.</summary>
    public static bool IsBias(string name) => name.Contains("bias", StringComparison.Ordinal);

    /// <exception cref="InvalidOperationException">The option includes no bias of the model.</exception>
    public static void EnsureFound(LoraBias bias, bool isFound)
    {
        if (bias == LoraBias.None || isFound)
            return;

        throw new InvalidOperationException(
            $"Bias is {bias}, but there is no bias to train {(bias == LoraBias.All ? "in the model" : "at the adapted layers")}; leave Bias out.");
    }
}
