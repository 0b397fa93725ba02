using System.Buffers.Binary;
using System.Text;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Seeded damage to files.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> sound)
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "-1", "0", "9223372036854775807", "9223372036854775808", "18446744073709551615", "1e400", "1.5", "null", "{}", "[]", "[[[[", "}}", "\"", ",", ":",
            "\\ud800", "\\u0000", "\"__metadata__\":", "\"dtype\":\"F64\",", "\"shape\":[", "\"data_offsets\":[0,0]", "\"BOOL\"", "\"F8_E5M2\"", "4294967296",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0],
    ];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var file = Any(sound).ToList();
        for (var left = _random.Next(1, 4); left > 0; left--)
            Damage(file);
        if (_random.Next(2) == 0)
            AgreeOnLength(file);
        return [.. file];
    }

    private void Damage(List<byte> file)
    {
        var at = _random.Next(file.Count + 1);
        var length = Math.Min(_random.Next(1, 12), file.Count - at);
        switch (_random.Next(8))
        {
            case 0 when at < file.Count:
                file[at] = (byte)_random.Next(256);
                break;
            case 1 when at < file.Count:
                file[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 2:
                file.RemoveRange(at, file.Count - at);
                break;
            case 3:
                file.RemoveRange(at, length);
                break;
            case 4:
                file.InsertRange(at, Any(Pieces));
                break;
            case 5:
                file.RemoveRange(at, length);
                file.InsertRange(at, Any(Pieces));
                break;
            case 6:
                var other = Any(sound);
                file.RemoveRange(at, file.Count - at);
                file.AddRange(other[_random.Next(other.Length)..]);
                break;
            default:
                ChangeNumber(file);
                break;
        }
    }

    // A digit for a digit keeps everything else as it was: this is what reaches the rules about places and sizes.
    private void ChangeNumber(List<byte> file)
    {
        var digits = Enumerable.Range(0, file.Count).Where(i => file[i] is >= (byte)'0' and <= (byte)'9').ToArray();
        if (digits.Length > 0)
            file[digits[_random.Next(digits.Length)]] = (byte)('0' + _random.Next(10));
    }

    // Else most damage would be found by the length of the header already.
    private static void AgreeOnLength(List<byte> file)
    {
        if (file.Count < 8)
            return;

        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, Math.Max(file.LastIndexOf((byte)'}') - 7, 0));
        for (var i = 0; i < prefix.Length; i++)
            file[i] = prefix[i];
    }

    private T Any<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
