using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoraGen.Formats;

/// <summary>PEFT's <c>init_lora_weights</c>. PEFT compares some of the names with their case and some without.</summary>
internal static class PeftInit
{
    public const string Key = "init_lora_weights";

    private const string Pissa = "pissa";
    private const string Known = "true, false, gaussian, eva, orthogonal, mica, olora, pissa, pissa_niter_[number], corda, loftq and lora_ga";

    /// <summary>The name of the initialization; null if the value is no text.</summary>
    public static string? TextOf(PeftConfig config) => TextOf(config.Json[Key]);

    /// <summary>Whether it is PiSSA's: A and B start from the weight's singular vectors, and their product is subtracted from the weight.</summary>
    public static bool IsPissa(string text)
    {
        const string start = Pissa + "_niter_";
        return text == Pissa || (text.StartsWith(start, StringComparison.Ordinal) && text.Length > start.Length && text[start.Length..].All(char.IsAsciiDigit));
    }

    /// <summary>Whether it is OLoRA's: as PiSSA's, with the weight's QR decomposition.</summary>
    public static bool IsOlora(string text) => text.Equals("olora", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with the value, as a line of a list; null if nothing is.</summary>
    /// <param name="config">The config that is read.</param>
    /// <param name="hasResidualForm">Whether the method reads the residual form that belongs to a name.</param>
    public static string? Fault(PeftConfig config, Func<string, bool> hasResidualForm)
    {
        var value = config.Json[Key];
        if (value is null || (value is JsonValue flag && flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False))
            return null;
        if (TextOf(value) is not { } text || !(IsUnchanging(text) || IsChanging(text)))
            return $"{Key} is {PeftConfig.Shown(value)}, which PEFT does not know. Its values are {Known}";

        return IsUnchanging(text) || hasResidualForm(text)
            ? null
            : $"{Key} is \"{text}\": the adapter belongs to a changed base model; save it in Python with path_initial_model_for_weight_conversion";
    }

    private static bool IsUnchanging(string text)
    {
        return text is "eva" or "orthogonal"
            || text.Equals("gaussian", StringComparison.OrdinalIgnoreCase) || text.Equals("mica", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsChanging(string text)
    {
        return text is "loftq" or "lora_ga" || IsPissa(text)
            || text.StartsWith("corda", StringComparison.Ordinal) || IsOlora(text);
    }

    private static string? TextOf(JsonNode? value)
    {
        return value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : null;
    }
}
