using LoraGen.Formats;
using LoraGen.Layers;
using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A Linear whose weight is quantised. Its parameter is then one NaN that is seen as a tensor of the weight's shape: it takes no memory, everything that reads
/// it gets NaN, and nothing can be written into it.
/// </summary>
internal sealed class QuantizedLayer
{
    /// <summary>The name of the parameter that is quantised.</summary>
    public const string WeightName = "weight";

    private readonly object _sync = new();
    private readonly string _path;
    private readonly Linear _linear;
    private Parameter _placeholder;

    private QuantizedLayer(string path, Linear linear, QuantizedWeight weight)
    {
        (_path, _linear, Weight) = (path, linear, weight);
        RequiredGrad = linear.weight.requires_grad;
        _placeholder = Hide(weight.Type, weight.Device);
    }

    /// <summary>The weight, which exists also while adapters are merged.</summary>
    public QuantizedWeight Weight { get; }

    /// <summary>Whether the layer has a float weight now, into which adapters are merged.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the float weight required a gradient.</summary>
    public bool RequiredGrad { get; set; }

    /// <summary>The layer, if its weight is quantised and not open; null otherwise.</summary>
    public static QuantizedLayer? Of(nn.Module module)
    {
        return ModuleState.TryGet(module, out var state) && state.Quantized is { IsOpen: false } layer ? layer : null;
    }

    /// <summary>Whether a parameter is the weight of such a layer.</summary>
    public static bool Is(BaseParameter parameter) => parameter.Name == WeightName && Of(parameter.Module) is not null;

    /// <summary>Quantises the weight of a Linear, and frees the float weight.</summary>
    public static QuantizedLayerReport Quantize(string path, LinearLayer layer, BaseQuantization options)
    {
        var live = ((Linear)layer.Module).weight;
        var weight = QuantizedWeight.Of(path, live, options);
        var report = new QuantizedLayerReport(path, weight.Error, weight.Bytes, live.NumberOfElements * live.ElementSize);
        Set(path, layer, weight);
        return report;
    }

    /// <summary>Gives a Linear a quantised weight instead of its own, which is freed.</summary>
    public static void Set(string path, LinearLayer layer, QuantizedWeight weight)
    {
        var state = ModuleState.Of(layer.Module);
        state.Quantized?.Weight.Dispose();
        state.Quantized = new QuantizedLayer(path, (Linear)layer.Module, weight);
        state.GetHook(layer).Hold();
    }

    /// <summary>Computes the layer's output.</summary>
    public Tensor Apply(Tensor input)
    {
        Refresh();
        return QuantizedProduct.Of(_path, input, Weight, _linear.bias);
    }

    /// <summary>Returns an input without rows, with which the layer's own forward costs nothing. The output is replaced afterwards.</summary>
    public Tensor EmptyInput()
    {
        Refresh();
        return zeros(0, Weight.Inputs, dtype: _placeholder.dtype, device: _placeholder.device);
    }

    /// <summary>Gives the layer a float weight with the quantised one's values, until <see cref="Close"/>.</summary>
    public void Open()
    {
        if (!IsOpen)
            _linear.weight = new Parameter(Weight.Dequantize(_placeholder.dtype).DetachFromDisposeScope(), requires_grad: false);
        IsOpen = true;
    }

    /// <summary>Frees the float weight.</summary>
    public void Close()
    {
        if (!IsOpen)
            return;

        _placeholder = Hide(_linear.weight.dtype, _linear.weight.device);
        IsOpen = false;
    }

    /// <summary>Gives the parameter another type, so that converting the model leaves it as it is.</summary>
    public void Convert(ScalarType type)
    {
        Refresh();
        _placeholder = Hide(type, Weight.Device);
    }

    /// <summary>Gives the layer a float weight for good, and frees the quantised one.</summary>
    public void Replace(Tensor weight)
    {
        var state = ModuleState.Of(_linear);
        _linear.weight = new Parameter(weight.DetachFromDisposeScope(), RequiredGrad && state.Frozen is null);
        state.Quantized = null;
        Weight.Dispose();
        state.Hook?.Release();
    }

    private Parameter Hide(ScalarType type, Device device)
    {
        using var normal = inference_mode(false);
        using var one = full(1L, 1L, double.NaN, dtype: type, device: device);
        _linear.weight = new Parameter(one.expand(Weight.Outputs, Weight.Inputs).DetachFromDisposeScope(), requires_grad: false);
        DeferredValues.Set(_linear.weight, () => Weight.Dequantize(type));
        return _linear.weight;
    }

    // Moving or converting the model makes a full tensor of the one NaN, and calls may run concurrently.
    private void Refresh()
    {
        if (ReferenceEquals(_linear.weight, _placeholder))
            return;

        lock (_sync)
        {
            var weight = _linear.weight;
            if (ReferenceEquals(weight, _placeholder))
                return;

            EnsureHidden(weight);
            Weight.To(weight.device);
            _placeholder = Hide(weight.dtype, weight.device);
        }
    }

    private void EnsureHidden(Tensor weight)
    {
        using var noGrad = no_grad();
        using var areHidden = weight.isnan();
        using var all = areHidden.all();
        if (!all.item<bool>() || !weight.shape.SequenceEqual([Weight.Outputs, Weight.Inputs]))
        {
            throw new InvalidOperationException(
                $"{_path}: the weight is quantised, but another weight was put into the layer. Call the model's Dequantize() before changing its weights, and "
                + "quantise it again afterwards.");
        }
    }
}
