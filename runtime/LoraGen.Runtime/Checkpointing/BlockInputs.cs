using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The inputs of a block's call. Tensors are replaced by what is known of them, so that they can be freed.</summary>
internal sealed class BlockInputs
{
    private readonly object?[] _values;
    private readonly Place[] _places;

    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">For each input the index of the earlier block's output that it is; -1 for others.</param>
    public BlockInputs(object?[] inputs, int[] outputs)
    {
        _places =
        [
            .. Enumerable.Range(0, inputs.Length)
                .Where(index => inputs[index] is Tensor)
                .Select(index => Place.Of(index, outputs[index], (Tensor)inputs[index]!)),
        ];
        _values = [.. inputs.Select(input => input is Tensor ? null : input)];
    }

    public IReadOnlyList<Place> Tensors => _places;

    /// <summary>Returns the inputs with these tensors.</summary>
    public object?[] With(IReadOnlyList<Tensor> tensors)
    {
        object?[] inputs = [.. _values];
        for (var i = 0; i < _places.Length; i++)
            inputs[_places[i].Index] = tensors[i];
        return inputs;
    }

    /// <summary>A tensor among the inputs.</summary>
    /// <param name="Index">Its index among the inputs.</param>
    /// <param name="Output">The index of the earlier block's output that it is; -1 if it is saved.</param>
    /// <param name="NeedsGradient">Whether it requires a gradient.</param>
    /// <param name="Shape">Its shape.</param>
    /// <param name="DType">Its type.</param>
    /// <param name="Device">Its device.</param>
    public sealed record Place(int Index, int Output, bool NeedsGradient, long[] Shape, ScalarType DType, Device Device)
    {
        public bool IsSaved => Output < 0;

        public static Place Of(int index, int output, Tensor tensor) => new(index, output, tensor.requires_grad, tensor.shape, tensor.dtype, tensor.device);

        /// <summary>Returns a gradient that is not a number; null if none is needed.</summary>
        public Tensor? NotANumber() => NeedsGradient ? full(Shape, double.NaN, DType, Device) : null;
    }
}
