namespace LoraGen;

/// <summary>What an adapter may be called: its name is a folder's, and part of keys, on every system.</summary>
internal static class AdapterName
{
    private const string Separators = "./\\:*?\"<>|";

    // In PEFT such a name makes loading pass the adapter's weights by.
    private static readonly string[] KeyParts = ["base_model", "lora", "lora_", "lora_A", "lora_B"];

    /// <exception cref="ArgumentException">The name can't be a folder's, or a key's.</exception>
    public static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Fault(name) is { } fault)
        {
            throw new ArgumentException(
                $"The adapter's name \"{name}\" {fault}; it becomes part of folders and keys, so use letters, digits, - and _.", nameof(name));
        }

        return name;
    }

    private static string? Fault(string name)
    {
        if (!name.Any(char.IsLetterOrDigit))
            return "has no letter and no digit";
        if (name.Any(c => char.IsControl(c) || Separators.Contains(c)))
            return $"has a control character or one of {Separators} in it";
        if (name.Trim() != name)
            return "begins or ends with a space";
        return KeyParts.Contains(name, StringComparer.OrdinalIgnoreCase) ? "is part of every key of an adapter's file" : null;
    }
}
