using TorchSharp.Modules;

namespace LoraGen.Optimizers;

/// <summary>Which block is active, for how long, and which follow. It is saved with the states of the parameters.</summary>
internal sealed class BAdamSchedule : OptimizerState
{
    private readonly Func<IReadOnlyList<BAdamBlock>> _blocks;
    private readonly Action _changed;
    private List<int> _order = [];
    private int _position;
    private int _steps;
    private int _pass;
    private int _interval;
    private int _seed;
    private BAdamOrder _kind;

    /// <param name="any">A parameter of the optimizer, which the base class asks for.</param>
    /// <param name="interval">The number of steps for each block.</param>
    /// <param name="kind">The order of the blocks.</param>
    /// <param name="seed">The seed of a random order.</param>
    /// <param name="blocks">Returns the optimizer's blocks.</param>
    /// <param name="changed">What happens when another block was loaded as the active one.</param>
    public BAdamSchedule(Parameter any, int interval, BAdamOrder kind, int seed, Func<IReadOnlyList<BAdamBlock>> blocks, Action changed)
        : base(any)
    {
        (_interval, _kind, _seed, _blocks, _changed) = (interval, kind, seed, blocks, changed);
        BeginPass();
    }

    public int Interval => _interval;

    /// <summary>The index of the active block.</summary>
    public int Active => _order[_position];

    /// <summary>Counts a step; returns whether the next block's turn has come.</summary>
    public bool Advance()
    {
        if (++_steps < _interval)
            return false;

        _steps = 0;
        if (++_position == _order.Count)
        {
            _pass++;
            BeginPass();
        }

        return true;
    }

    /// <summary>Adds the block that was added last, at the end of the present pass.</summary>
    public void AddLast() => _order.Add(_blocks().Count - 1);

    public override void Initialize(OptimizerOptions options)
    {
        (_pass, _steps) = (0, 0);
        BeginPass();
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        foreach (var number in (int[])[_position, _steps, _pass, _interval, _seed, (int)_kind, .. _order])
            writer.Write(number);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        int[] numbers = [.. Enumerable.Range(0, 6 + _blocks().Count).Select(_ => reader.ReadInt32())];
        var order = numbers[6..];
        if (numbers[0] < 0 || numbers[0] >= order.Length || numbers[3] < 1 || !order.Order().SequenceEqual(Enumerable.Range(0, order.Length)))
            throw new InvalidDataException("The saved schedule of BAdam's blocks is damaged: it is no order of the blocks. Save it again.");
        Take(numbers[..6], order);
    }

    public override void LoadStateDict(OptimizerState source)
    {
        var other = (BAdamSchedule)source;
        Take([other._position, other._steps, other._pass, other._interval, other._seed, (int)other._kind], other._order);
    }

    public override string ToString()
    {
        var order = _kind == BAdamOrder.Random ? FormattableString.Invariant($"{_kind}, seed {_seed}") : $"{_kind}";
        return FormattableString.Invariant($"{_interval} steps for each of {_blocks().Count} blocks, {order}");
    }

    private void Take(int[] numbers, IEnumerable<int> order)
    {
        (_position, _steps, _pass) = (numbers[0], numbers[1], numbers[2]);
        (_interval, _seed, _kind) = (numbers[3], numbers[4], (BAdamOrder)numbers[5]);
        _order = [.. order];
        _changed();
    }

    private void BeginPass()
    {
        var count = _blocks().Count;
        var order = Enumerable.Range(0, count).ToArray();
        if (_kind == BAdamOrder.Descending)
            Array.Reverse(order);
        else if (_kind == BAdamOrder.Random)
            new Random(unchecked((_seed * 397) ^ _pass)).Shuffle(order);
        _order = [.. order];
        _position = 0;
    }
}
