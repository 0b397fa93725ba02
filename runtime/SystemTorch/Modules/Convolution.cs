using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>What the convolutions share: the weight, the bias and the numbers that say how the kernel moves.</summary>
public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(bias))]
    protected Parameter? _bias;

    [ComponentName(Name = nameof(weight))]
    protected Parameter? _weight;

    /// <summary>The padding as <c>functional.pad</c> takes it: the last dimension first, both sides of each.</summary>
    protected long[] _reversed_padding_repeated_twice = [];

    protected Convolution(
        string name,
        long in_channels,
        long out_channels,
        long[] kernel_size,
        long[] stride,
        long[]? padding,
        Padding? padding_type,
        long[] dilation,
        bool transposed,
        long[] output_padding,
        long groups,
        bool bias,
        PaddingModes padding_mode,
        torch.Device? device = null,
        torch.ScalarType? dtype = null)
        : base(name)
    {
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));

        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;

        if (padding_type is { } type)
            SetPadding(type);
        else
            SetPadding(padding ?? new long[kernel_size.Length]);

        long[] channels = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
        weight = new Parameter(torch.empty([.. channels, .. kernel_size], dtype: dtype, device: device));
        if (bias)
            this.bias = new Parameter(torch.empty(out_channels, dtype: dtype, device: device));
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public bool transposed { get; }

    public Padding? padding_type { get; private set; }

    public long[]? padding { get; private set; }

    public PaddingModes padding_mode { get; set; }

    public long groups { get; set; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[] dilation { get; set; }

    public long[] output_padding { get; set; }

    public Parameter? bias
    {
        get => _bias;
        set
        {
            _bias?.Dispose();
            value?.DetachFromDisposeScope();
            _bias = value;
            ConditionallyRegisterParameter(nameof(bias), value);
        }
    }

    public Parameter weight
    {
        get => _weight!;
        set
        {
            if (value.Handle == _weight?.Handle)
                return;
            _weight?.Dispose();
            value.DetachFromDisposeScope();
            _weight = value;
            ConditionallyRegisterParameter(nameof(weight), value);
        }
    }

    public void reset_parameters()
    {
        torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        var (fanIn, _) = torch.nn.init.CalculateFanInAndFanOut(weight);
        if (bias is not null && fanIn != 0)
            torch.nn.init.uniform_(bias, -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn));
    }

    public void SetPadding(long[] padding)
    {
        (this.padding, padding_type) = (padding, null);
        _reversed_padding_repeated_twice = [.. Enumerable.Reverse(padding).SelectMany(size => Enumerable.Repeat(size, 2))];
    }

    public void SetPadding(Padding padding)
    {
        if (transposed)
            throw new ArgumentException("Cannot set padding type on ConvTransposeND");

        (this.padding, padding_type) = (null, padding);
        _reversed_padding_repeated_twice = new long[kernel_size.Length * 2];
        if (padding != Padding.Same)
            return;

        if (stride.Any(step => step != 1))
            throw new ArgumentException("padding='same' is not supported for strided convolutions");

        for (var i = 0; i < kernel_size.Length; i++)
        {
            var total = dilation[i] * (kernel_size[i] - 1);
            _reversed_padding_repeated_twice[2 * i] = total / 2;
            _reversed_padding_repeated_twice[2 * i + 1] = total - total / 2;
        }
    }

    protected bool ValidateShape(torch.Tensor input, long dimensions)
    {
        var shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _weight?.Dispose();
        _bias?.Dispose();
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => Replace(device, dtype);

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
        => Replace(new torch.Device(deviceType, deviceIndex), null);

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => Replace(null, dtype);

    private Convolution Replace(torch.Device? device, torch.ScalarType? dtype)
    {
        if (_weight is not null && ReplaceParameter(dtype, device, _weight, out var newWeight))
            weight = newWeight!;
        if (_bias is not null && ReplaceParameter(dtype, device, _bias, out var newBias))
            bias = newBias;
        return this;
    }
}
