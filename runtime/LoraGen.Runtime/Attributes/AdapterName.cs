using System.Globalization;

namespace LoraGen;

/// <summary>The rules for names of adapters: on every system a name is also a folder's name and a part of keys.</summary>
internal static class AdapterName
{
    private const string Separators = "./\\:*?\"<>|";

    // Parts of the keys themselves. With such a name PEFT ignores the adapter's weights when it loads them.
    private static readonly string[] KeyParts = ["base_model", "lora", "lora_", "lora_A", "lora_B"];

    /// <exception cref="ArgumentException">The name can't be used for a folder or in a key.</exception>
    public static string Checked(string name)
    {
        if (FaultOf(name ?? throw new ArgumentNullException(nameof(name))) is { } fault)
        {
            throw new ArgumentException(
                $"The adapter's name \"{name}\" {fault}; it becomes part of folders and keys, so use letters, digits, - and _.", nameof(name));
        }

        return name;
    }

    /// <summary>What is wrong with the name, as the end of a sentence about it; null if nothing is.</summary>
    public static string? FaultOf(string name)
    {
        if (!name.Any(char.IsLetterOrDigit))
            return name.Trim().Length == 0 ? "is empty" : "has no letter and no digit";
        if (name.Where(IsForbidden).Select(c => (char?)c).FirstOrDefault() is { } forbidden)
            return $"has {Shown(forbidden)} in it";
        if (name.Trim() != name)
            return "begins or ends with a space";
        return IsKeyPart(name) ? "is part of every key of an adapter's file" : null;
    }

    /// <summary>A valid name that is as close to this one as possible.</summary>
    public static string Cleaned(string name)
    {
        var words = new string([.. name.Select(c => IsForbidden(c) ? ' ' : c)]).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var cleaned = string.Join("-", words).Trim('-');
        if (!cleaned.Any(char.IsLetterOrDigit))
            return "adapter";
        return IsKeyPart(cleaned) ? "adapter-" + cleaned.Replace('_', '-').TrimEnd('-') : cleaned;
    }

    private static string Shown(char c) => char.IsControl(c) ? "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture) : $"'{c}'";

    private static bool IsForbidden(char c) => char.IsControl(c) || Separators.IndexOf(c) >= 0;

    private static bool IsKeyPart(string name) => KeyParts.Contains(name, StringComparer.OrdinalIgnoreCase);
}
