namespace TorchSharp;

using static torch;

/// <summary>
/// Turns a list of indices into a view (numbers, slices, new dimensions) and, for each dimension of that view, a tensor of indices or none:
/// what libtorch's own indexing does before it calls the index operator.
/// </summary>
internal ref struct TensorIndexing : IDisposable
{
    private readonly Tensor source;
    private readonly List<Tensor> made = [];
    private List<Tensor?>? tensors;
    private int dimension;

    internal TensorIndexing(Tensor source, ReadOnlySpan<TensorIndex> indices)
    {
        this.source = View = source;
        var named = Named(indices);
        if (named > source.ndim)
        {
            throw new System.Runtime.InteropServices.ExternalException($"too many indices for tensor of dimension {source.ndim}");
        }

        foreach (var index in indices)
        {
            Add(index, source.ndim - named);
        }
    }

    /// <summary>The view; the source itself if nothing changed.</summary>
    internal Tensor View { get; private set; }

    /// <summary>The tensors of indices, one for each of the first dimensions of the view; null if there are none.</summary>
    internal readonly IReadOnlyList<Tensor?>? Tensors => tensors;

    /// <summary>Gives the view to the caller: a new object, even where nothing changed.</summary>
    internal Tensor TakeView()
    {
        if (ReferenceEquals(View, source))
        {
            return Aten.alias.Call(source);
        }

        made.Remove(View);
        return View;
    }

    public readonly void Dispose()
    {
        foreach (var tensor in made)
        {
            tensor.Dispose();
        }
    }

    // How many dimensions of the source the indices name.
    private static long Named(ReadOnlySpan<TensorIndex> indices)
    {
        long count = 0;
        foreach (var index in indices)
        {
            count += index.kind switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                TensorIndex.Kind.Tensor => Mask(index.tensor!) ? index.tensor!.ndim : 1,
                _ => 0,
            };
        }

        return count;
    }

    private void Add(TensorIndex index, long rest)
    {
        switch (index.kind)
        {
            case TensorIndex.Kind.Single:
                Select(index.start ?? 0);
                break;
            case TensorIndex.Kind.Slice:
                Slice(index);
                break;
            case TensorIndex.Kind.Ellipsis:
                dimension += (int)rest;
                break;
            case TensorIndex.Kind.None:
                Replace(View.unsqueeze(dimension++));
                break;
            case TensorIndex.Kind.Bool:
                All(index.start != 0);
                break;
            default:
                Take(index.tensor ?? throw new ArgumentNullException(nameof(index), "a TensorIndex holds no tensor"));
                break;
        }
    }

    private void Take(Tensor tensor)
    {
        if (tensor.ndim != 0 || !tensor.is_integral())
        {
            Record(tensor);
        }
        else if (Mask(tensor))
        {
            All(tensor.ToBoolean());
        }
        else
        {
            Select(tensor.ToInt64());
        }
    }

    private void Select(long index) => Replace(View.select(dimension, index));

    private void Slice(TensorIndex index)
    {
        if (index.start is not (null or 0) || index.stop is not null || index.step is not (null or 1))
        {
            Replace(Aten.slice_Tensor.Call(View, dimension, index.start ?? 0, index.stop ?? long.MaxValue, index.step ?? 1));
        }

        dimension++;
    }

    // A bool as an index: a new dimension, of which it takes all or nothing.
    private void All(bool all)
    {
        Replace(View.unsqueeze(dimension));
        var taken = Aten.zeros.Call((ReadOnlySpan<long>)[all ? 1 : 0], ScalarType.Int64, Arg.None, View.device);
        made.Add(taken);
        Record(taken);
    }

    private void Record(Tensor tensor)
    {
        tensors ??= [];
        while (tensors.Count < dimension)
        {
            tensors.Add(null);
        }

        tensors.Add(tensor);
        dimension++;
    }

    private void Replace(Tensor view)
    {
        made.Add(view);
        View = view;
    }

    private static bool Mask(Tensor tensor) => tensor.dtype is ScalarType.Bool or ScalarType.Byte;
}
