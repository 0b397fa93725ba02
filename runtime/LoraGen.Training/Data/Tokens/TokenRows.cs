using static TorchSharp.torch;

namespace LoraGen.Training.Tokens;

/// <summary>The numbers of a batch, [rows, length], before they become tensors.</summary>
internal sealed class TokenRows(int rows, int length, int paddingId)
{
    private readonly long[] _ids = Enumerable.Repeat((long)paddingId, rows * length).ToArray();
    private readonly long[] _mask = new long[rows * length];
    private readonly long[] _labels = Enumerable.Repeat(TokenBatch.Ignored, rows * length).ToArray();
    private readonly long[] _positions = new long[rows * length];
    private readonly long[] _segments = new long[rows * length];
    private long _tokens;
    private long _learned;

    /// <summary>A row per example, as long as the longest or the next multiple.</summary>
    public static TokenRows Padded(IReadOnlyList<TokenizedExample> examples, PaddedBatchOptions options)
    {
        var rows = new TokenRows(examples.Count, options.PaddedLength(examples.Max(example => example.Length)), options.PaddingId);
        for (var row = 0; row < examples.Count; row++)
            rows.Write(row, 0, 1, examples[row]);
        return rows;
    }

    /// <summary>Writes a document.</summary>
    /// <param name="row">The row.</param>
    /// <param name="start">The place of its first token in the row.</param>
    /// <param name="segment">Its number in the row, from 1.</param>
    /// <param name="example">The document.</param>
    public void Write(int row, int start, int segment, TokenizedExample example)
    {
        var ids = example.Ids.Span;
        var learned = example.Learned.Span;
        var place = (row * length) + start;
        for (var token = 0; token < ids.Length; token++, place++)
        {
            _ids[place] = ids[token];
            _mask[place] = 1;
            _positions[place] = token;
            _segments[place] = segment;
            if (token > 0 && learned[token])
            {
                _labels[place] = _ids[place];
                _learned++;
            }
        }

        _tokens += example.Length;
    }

    public TokenBatch ToBatch(Device device, bool hasSegments)
    {
        return new TokenBatch(
            Create(_ids, device), Create(_mask, device), Create(_labels, device), Create(_positions, device), hasSegments ? Create(_segments, device) : null,
            _tokens, _learned);
    }

    public ClassBatch ToClassBatch(IReadOnlyList<long> classes, Device device)
    {
        var labels = tensor(classes.ToArray(), [rows], device: device).DetachFromDisposeScope();
        return new ClassBatch(Create(_ids, device), Create(_mask, device), labels, _tokens);
    }

    // The batch owns its tensors: the scope in which an enumerator happens to run does not.
    private Tensor Create(long[] values, Device device) => tensor(values, [rows, length], device: device).DetachFromDisposeScope();
}
