using System.Globalization;
using Google.Protobuf;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>A vocabulary as Llama 2's: marks, bytes, then pieces, the most frequent first. The pieces are those of GPT-2's tokens that are ASCII.</summary>
internal static class SentencePieces
{
    public static IReadOnlyList<string> Marks { get; } = ["<unk>", "<s>", "</s>"];

    public static IReadOnlyList<string> Bytes { get; } =
        [.. Enumerable.Range(0, 256).Select(value => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"))];

    /// <summary>Pieces of several characters, which merges make.</summary>
    private static IEnumerable<string> Merged => Written.Where(piece => piece.Length > 1);

    // SentencePiece puts the single characters last.
    public static IReadOnlyList<string> Pieces { get; } = [.. Marks, .. Bytes, .. Merged, .. Written.Where(piece => piece.Length == 1), "é", "中", "ا", "😀"];

    private static IEnumerable<string> Written =>
        Gpt2Vocabulary.Tokens.Where(token => token.All(character => character is 'Ġ' or (>= '!' and <= '~'))).Select(token => token.Replace('Ġ', '▁'));

    /// <summary>As transformers makes them of a tokenizer.model: for each piece, every two pieces that are it, in the order of their numbers.</summary>
    public static IEnumerable<string> Merges()
    {
        var numbers = Pieces.Select((piece, number) => (piece, number)).ToDictionary(pair => pair.piece, pair => pair.number, StringComparer.Ordinal);
        return Merged.SelectMany(piece => Enumerable.Range(1, piece.Length - 1)
            .Select(at => (Left: piece[..at], Right: piece[at..]))
            .Where(pair => numbers.ContainsKey(pair.Left) && numbers.ContainsKey(pair.Right))
            .OrderBy(pair => numbers[pair.Left]).ThenBy(pair => numbers[pair.Right])
            .Select(pair => $"{pair.Left} {pair.Right}"));
    }

    /// <summary>The tokenizer.model: byte-pair encoding whose pieces score the less, the later they stand.</summary>
    /// <param name="kind">The trainer's model_type: 1 unigram, 2 byte pairs.</param>
    /// <param name="collapsesSpaces">The normalizer's remove_extra_whitespaces.</param>
    public static byte[] Model(int kind = 2, bool collapsesSpaces = false)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            for (var i = 0; i < Pieces.Count; i++)
                Write(output, 1, Piece(Pieces[i], i));
            Write(output, 2, Message(training =>
            {
                training.WriteTag(3, WireFormat.WireType.Varint);
                training.WriteEnum(kind);
                training.WriteTag(35, WireFormat.WireType.Varint); // byte_fallback
                training.WriteBool(true);
            }));
            Write(output, 3, Message(normalizer =>
            {
                normalizer.WriteTag(3, WireFormat.WireType.Varint); // add_dummy_prefix
                normalizer.WriteBool(true);
                normalizer.WriteTag(4, WireFormat.WireType.Varint);
                normalizer.WriteBool(collapsesSpaces);
            }));
        }

        return stream.ToArray();
    }

    private static ByteString Piece(string piece, int number) => Message(output =>
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString(piece);
        output.WriteTag(2, WireFormat.WireType.Fixed32);
        output.WriteFloat(number < Marks.Count + Bytes.Count ? 0 : -number);
        output.WriteTag(3, WireFormat.WireType.Varint);
        output.WriteEnum(number == 0 ? 2 : number < Marks.Count ? 3 : number < Marks.Count + Bytes.Count ? 6 : 1); // unknown, control, byte, normal
    });

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return ByteString.CopyFrom(stream.ToArray());
    }

    private static void Write(CodedOutputStream output, int field, ByteString message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(message);
    }
}
