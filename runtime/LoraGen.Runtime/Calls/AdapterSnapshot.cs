namespace LoraGen.Calls;

/// <summary>The adapters of a model at one moment, and which of them were acting.</summary>
internal sealed class AdapterSnapshot
{
    public static readonly AdapterSnapshot Empty = new([]);

    private readonly AdapterBase[] _adapters;
    private readonly bool[] _areActing;

    public AdapterSnapshot(IEnumerable<AdapterBase> adapters)
    {
        _adapters = [.. adapters];
        _areActing = [.. _adapters.Select(adapter => adapter.IsActing)];
        IsExclusive = Acting.Any(adapter => adapter.IsReparametrized);
    }

    public IEnumerable<AdapterBase> Acting => _adapters.Where((_, index) => _areActing[index]);

    /// <summary>Whether a call with these adapters sets weights, so that no other call may run at the same time.</summary>
    public bool IsExclusive { get; }

    public bool Contains(AdapterBase adapter) => Array.IndexOf(_adapters, adapter) >= 0;

    /// <summary>Whether the adapter was acting; null if it was not attached.</summary>
    public bool? IsActing(AdapterBase adapter) => Array.IndexOf(_adapters, adapter) is >= 0 and var index ? _areActing[index] : null;
}
