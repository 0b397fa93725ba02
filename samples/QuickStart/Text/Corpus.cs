using System.Text;
using static TorchSharp.torch;

namespace QuickStart.Text;

/// <summary>Texts of one kind as bytes. The last tenth of each text is held out: no training sees it.</summary>
internal sealed class Corpus
{
    private readonly List<long> _train = [];
    private readonly List<long> _heldOut = [];

    public Corpus(string kind, IReadOnlyList<string> texts)
    {
        Kind = kind;
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var split = bytes.Length - (bytes.Length / 10);
            _train.AddRange(bytes[..split].Select(value => (long)value));
            _heldOut.AddRange(bytes[split..].Select(value => (long)value));
        }
    }

    public string Kind { get; }

    /// <summary>Random excerpts for training: each token, and the token that follows it.</summary>
    public (Tensor Input, Tensor Target) Sample(Random random, int rows, int length, Device device)
    {
        EnsureLong(_train, length);
        return Excerpts(_train, [.. Enumerable.Range(0, rows).Select(_ => random.Next(_train.Count - length))], length, device);
    }

    /// <summary>The held-out text from its start, cut into at most <paramref name="rows"/> excerpts.</summary>
    public (Tensor Input, Tensor Target) HeldOut(int rows, int length, Device device)
    {
        EnsureLong(_heldOut, length);
        return Excerpts(_heldOut, [.. Enumerable.Range(0, (_heldOut.Count - 1) / length).Take(rows).Select(row => row * length)], length, device);
    }

    public override string ToString() => $"{Kind}: {_train.Count:N0} bytes to train on, {_heldOut.Count:N0} held out";

    private static (Tensor Input, Tensor Target) Excerpts(List<long> text, int[] starts, int length, Device device)
    {
        var input = starts.SelectMany(start => text.GetRange(start, length)).ToArray();
        var target = starts.SelectMany(start => text.GetRange(start + 1, length)).ToArray();
        return (tensor(input, device: device).view(-1, length), tensor(target, device: device).view(-1, length));
    }

    private void EnsureLong(List<long> part, int length)
    {
        if (part.Count <= length)
            throw new InvalidOperationException($"There is too little {Kind} here: {part.Count} bytes where an excerpt takes {length + 1}.");
    }
}
