using System.Globalization;
using System.Text;

namespace LoraGen;

/// <summary>The rules for names of adapters: on every system a name is also a folder's name and a part of keys.</summary>
internal static class AdapterName
{
    private const string Separators = "./\\:*?\"<>|";

    // File systems allow 255, and the name is a part of a path.
    private const int MostBytes = 128;

    // Parts of the keys themselves. With such a name PEFT ignores the adapter's weights when it loads them.
    private static readonly string[] KeyParts = ["base_model", "lora", "lora_", "lora_A", "lora_B"];

    // Windows has devices of these names in every folder.
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL"];
    private static readonly string[] NumberedDevices = ["COM", "LPT"];
    private const string DeviceNumbers = "0123456789¹²³";

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
        if (name.Where((c, at) => IsForbidden(c) || IsUnpaired(name, at)).Select(c => (char?)c).FirstOrDefault() is { } forbidden)
            return $"has {Shown(forbidden)} in it";
        if (name.Trim() != name)
            return "begins or ends with a space";
        if (IsDevice(name))
            return "is the name of a device on Windows";
        if (IsTooLong(name))
            return "is longer than 128 bytes";
        return IsKeyPart(name) ? "is part of every key of an adapter's file" : null;
    }

    /// <summary>Whether two names are one folder on some system: not every file system distinguishes case.</summary>
    public static bool AreOneFolder(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A valid name that is as close to this one as possible.</summary>
    public static string Cleaned(string name)
    {
        var valid = new string([.. name.Select((c, at) => IsForbidden(c) || IsUnpaired(name, at) ? ' ' : c)]);
        var words = valid.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var cleaned = string.Join("-", words).Trim('-');
        while (IsTooLong(cleaned))
            cleaned = cleaned.Substring(0, cleaned.Length - (char.IsLowSurrogate(cleaned[cleaned.Length - 1]) ? 2 : 1)).TrimEnd('-', ' ');
        if (!cleaned.Any(char.IsLetterOrDigit))
            return "adapter";
        if (IsDevice(cleaned))
            return "adapter-" + cleaned;
        return IsKeyPart(cleaned) ? "adapter-" + cleaned.Replace('_', '-').TrimEnd('-') : cleaned;
    }

    private static string Shown(char c) => char.IsControl(c) || char.IsSurrogate(c) ? "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture) : $"'{c}'";

    private static bool IsForbidden(char c) => char.IsControl(c) || Separators.IndexOf(c) >= 0;

    // Half of a character has no UTF-8.
    private static bool IsUnpaired(string name, int at)
    {
        return char.IsHighSurrogate(name[at])
            ? at + 1 == name.Length || !char.IsLowSurrogate(name[at + 1])
            : char.IsLowSurrogate(name[at]) && (at == 0 || !char.IsHighSurrogate(name[at - 1]));
    }

    private static bool IsDevice(string name)
    {
        return Devices.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (name.Length == 4 && DeviceNumbers.IndexOf(name[3]) >= 0 && NumberedDevices.Contains(name.Substring(0, 3), StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsTooLong(string name) => Encoding.UTF8.GetByteCount(name) > MostBytes;

    private static bool IsKeyPart(string name) => KeyParts.Contains(name, StringComparer.OrdinalIgnoreCase);
}
