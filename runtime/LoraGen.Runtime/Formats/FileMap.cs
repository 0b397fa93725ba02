using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>
/// Tensors over a file's own pages, private to this process: torch creates one map of the file per element type, and a page is copied when something writes to
/// it.
/// </summary>
/// <remarks>
/// <c>from_file</c> takes no offset and TorchSharp has no <c>view(dtype)</c>, hence a map of the whole file per type. One map per tensor would need
/// more maps than a system allows, and Windows reserves memory for each.
/// </remarks>
internal sealed class FileMap(FileBytes file) : IDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<ScalarType, Tensor> _maps = [];
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>The tensor, which belongs to the current dispose scope.</summary>
    /// <returns>Null if it can't be mapped: it has no bytes, isn't aligned to its elements, or the system refuses the map.</returns>
    public Tensor? Read(SafetensorsTensor entry, long dataStart)
    {
        var size = SafetensorsDtype.SizeOf(entry.Dtype);
        var begin = dataStart + entry.Begin;
        if (entry.ByteCount == 0 || begin % size != 0)
            return null;

        lock (_lock)
        {
            // A returned tensor may have been written to, so reading it again returns a new one.
            if (!_given.Add(entry.Name))
            {
                Clear();
                _given.Add(entry.Name);
            }

            return MapOf(entry.Dtype) is { } map ? Part(map, begin / size, entry) : null;
        }
    }

    /// <summary>
    /// Returned tensors stay mapped, and the next ones get a new map. Accessed pages count as the process's memory until the last tensor of a map is disposed.
    /// </summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (var map in _maps.Values)
                map.Dispose();
            _maps.Clear();
            _given.Clear();
        }
    }

    public void Dispose() => Clear();

    private Tensor? MapOf(ScalarType dtype)
    {
        if (_maps.TryGetValue(dtype, out var map))
            return map;

        try
        {
            // The number of elements when the header was checked. torch checks it against the current file.
            var count = file.Length / SafetensorsDtype.SizeOf(dtype);
            map = file.UnderPath(path => from_file(path, shared: false, count, dtype, CPU)).DetachFromDisposeScope();
        }
        catch (ExternalException)
        {
            return null;
        }

        _maps.Add(dtype, map);
        return map;
    }

    // A view would share the map's version counter, and autograd would treat a write to one tensor as a write to all of them.
    private static Tensor Part(Tensor map, long first, SafetensorsTensor entry)
    {
        using var noGrad = no_grad();
        using var flat = map.narrow(0, first, entry.ByteCount / SafetensorsDtype.SizeOf(entry.Dtype));
        using var shaped = flat.view([.. entry.Shape]);
        var tensor = empty(0, dtype: entry.Dtype, device: CPU);
        tensor.set_(shaped);
        return tensor;
    }
}
