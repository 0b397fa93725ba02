namespace Inference.Tokenizing;

/// <summary>
/// Byte-pair encoding: of all neighbours in a piece, those whose merge was learnt first are joined, the leftmost first, until none is left
/// (Sennrich et al. 2015, arXiv:1508.07909).
/// </summary>
/// <param name="merges">The rank of each merge, and the token that it makes.</param>
internal sealed class BytePairs(IReadOnlyDictionary<(int Left, int Right), (int Rank, int Token)> merges)
{
    public List<int> Merge(IReadOnlyList<int> tokens)
    {
        // A linked list in arrays; a token that was joined to its left neighbour is -1.
        var current = tokens.ToArray();
        var next = Enumerable.Range(1, current.Length).ToArray();
        var previous = Enumerable.Range(-1, current.Length).ToArray();
        var queue = new PriorityQueue<(int At, int Left, int Right), (int Rank, int At)>();
        for (var at = 0; at + 1 < current.Length; at++)
            Propose(at);

        while (queue.TryDequeue(out var pair, out _))
        {
            var (at, left, right) = pair;
            if (current[at] != left || next[at] >= current.Length || current[next[at]] != right)
                continue; // One of the two has been joined since.

            var gone = next[at];
            current[at] = merges[(left, right)].Token;
            current[gone] = -1;
            next[at] = next[gone];
            if (next[at] < current.Length)
                previous[next[at]] = at;
            Propose(at);
            if (previous[at] >= 0)
                Propose(previous[at]);
        }

        return [.. current.Where(token => token >= 0)];

        void Propose(int at)
        {
            if (next[at] < current.Length && merges.TryGetValue((current[at], current[next[at]]), out var merge))
                queue.Enqueue((at, current[at], current[next[at]]), (merge.Rank, at));
        }
    }
}
