using System.Text;

namespace Inference.Tokenizing;

/// <summary>
/// GPT-2's printable character for each byte, so that a vocabulary of bytes can be written as text. Bytes that are printable in Latin-1 are written as
/// themselves, the others as the characters from U+0100 on.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly string[] Characters = MakeCharacters();
    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(value => Characters[value][0], value => (byte)value);

    public static string Write(byte value) => Characters[value];

    /// <summary>The bytes of a token; for a token that is not written in the alphabet, its UTF-8 bytes.</summary>
    public static byte[] Read(string token) => token.All(Bytes.ContainsKey) ? [.. token.Select(character => Bytes[character])] : Encoding.UTF8.GetBytes(token);

    private static string[] MakeCharacters()
    {
        var next = '\u0100';
        return [.. Enumerable.Range(0, 256).Select(value => (IsPrintable(value) ? (char)value : next++).ToString())];
    }

    private static bool IsPrintable(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
}
