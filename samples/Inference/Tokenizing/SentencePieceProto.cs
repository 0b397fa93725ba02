using Google.Protobuf;

namespace Inference.Tokenizing;

/// <summary>A SentencePiece's <c>tokenizer.model</c>; field numbers are those of <c>sentencepiece_model.proto</c>.</summary>
internal sealed class SentencePieceProto
{
    private readonly string _path;
    private readonly List<(string Text, float Score, PieceKind Kind)> _pieces = [];
    private int _model = 1;
    private bool _collapsesSpaces = true;

    public SentencePieceProto(string path)
    {
        _path = path;
        try
        {
            Each(ByteString.CopyFrom(File.ReadAllBytes(path)), ReadModel);
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw new InvalidDataException($"\"{path}\" is not a model of SentencePiece: {broken.Message}", broken);
        }

        if (_model != 2)
            throw Unsupported("trainer_spec.model_type", _model == 1 ? "UNIGRAM" : $"{_model}", "BPE");
        if (_collapsesSpaces)
            throw Unsupported("normalizer_spec.remove_extra_whitespaces", "true", "false");
    }

    /// <summary>The kinds of pieces, by their numbers in the file.</summary>
    public enum PieceKind
    {
        Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6,
    }

    /// <summary>The pieces; the index is the token's number.</summary>
    public IReadOnlyList<(string Text, float Score, PieceKind Kind)> Pieces => _pieces;

    public bool FallsBackToBytes { get; private set; }

    public bool AddsSpace { get; private set; } = true;

    public int Beginning { get; private set; } = 1;

    public int End { get; private set; } = 2;

    private static void Each(ByteString message, Func<int, CodedInputStream, bool> read)
    {
        var input = message.CreateCodedInput();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (!read(WireFormat.GetTagFieldNumber(tag), input))
                input.SkipLastField();
        }
    }

    // Each of these returns whether it has read the field.
    private bool ReadModel(int field, CodedInputStream input)
    {
        switch (field)
        {
            case 1:
                ReadPiece(input.ReadBytes());
                return true;
            case 2:
                Each(input.ReadBytes(), ReadTraining);
                return true;
            case 3:
                Each(input.ReadBytes(), ReadNormalizer);
                return true;
            default:
                return false;
        }
    }

    private void ReadPiece(ByteString message)
    {
        var (text, score, kind) = (string.Empty, 0f, PieceKind.Normal);
        Each(message, (field, input) =>
        {
            switch (field)
            {
                case 1:
                    text = input.ReadString();
                    return true;
                case 2:
                    score = input.ReadFloat();
                    return true;
                case 3:
                    kind = (PieceKind)input.ReadEnum();
                    return true;
                default:
                    return false;
            }
        });
        if (kind is not (PieceKind.Normal or PieceKind.Unknown or PieceKind.Control or PieceKind.Byte))
            throw Unsupported($"pieces[{_pieces.Count}].type, of \"{text}\",", $"{kind}", "Normal, Unknown, Control and Byte");
        _pieces.Add((text, score, kind));
    }

    private bool ReadTraining(int field, CodedInputStream input)
    {
        switch (field)
        {
            case 3:
                _model = input.ReadEnum();
                return true;
            case 24 when input.ReadBool():
                throw Unsupported("trainer_spec.treat_whitespace_as_suffix", "true", "false");
            case 24:
                return true;
            case 35:
                FallsBackToBytes = input.ReadBool();
                return true;
            case 41:
                Beginning = input.ReadInt32();
                return true;
            case 42:
                End = input.ReadInt32();
                return true;
            default:
                return false;
        }
    }

    private bool ReadNormalizer(int field, CodedInputStream input)
    {
        switch (field)
        {
            case 2:
                var map = input.ReadBytes();
                return map.IsEmpty ? true : throw Unsupported("normalizer_spec.precompiled_charsmap", $"{map.Length} bytes", "none");
            case 3:
                AddsSpace = input.ReadBool();
                return true;
            case 4:
                _collapsesSpaces = input.ReadBool();
                return true;
            case 5:
                return input.ReadBool() ? true : throw Unsupported("normalizer_spec.escape_whitespaces", "false", "true");
            default:
                return false;
        }
    }

    private NotSupportedException Unsupported(string key, string value, string known)
    {
        return new NotSupportedException(
            $"\"{_path}\": {key} is {value}, which this sample does not support; it knows {known}. Give --ids instead of --prompt.");
    }
}
