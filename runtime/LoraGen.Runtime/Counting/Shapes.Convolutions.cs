namespace LoraGen;

/// <content>Convolutions and their transposes.</content>
public static partial class Shapes
{
    /// <summary>weight [out_channels, in_channels / groups, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape Conv1d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size], groups, bias);
    }

    /// <summary>weight [out_channels, in_channels / groups, kernel_size, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape Conv2d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size, kernel_size], groups, bias);
    }

    /// <summary>weight [out_channels, in_channels / groups, the kernel's height, its width] and bias [out_channels].</summary>
    public static ModuleShape Conv2d(long in_channels, long out_channels, (long Height, long Width) kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size.Height, kernel_size.Width], groups, bias);
    }

    /// <summary>weight [out_channels, in_channels / groups, kernel_size, kernel_size, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape Conv3d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size, kernel_size, kernel_size], groups, bias);
    }

    /// <summary>weight [out_channels, in_channels / groups, the kernel's three sizes] and bias [out_channels].</summary>
    public static ModuleShape Conv3d(long in_channels, long out_channels, (long, long, long) kernel_size, long groups = 1, bool bias = true)
    {
        return new ConvolutionShape(in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3], groups, bias);
    }

    /// <summary>weight [in_channels, out_channels / groups, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape ConvTranspose1d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return Transposed(in_channels, out_channels, [kernel_size], groups, bias);
    }

    /// <summary>weight [in_channels, out_channels / groups, kernel_size, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape ConvTranspose2d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return Transposed(in_channels, out_channels, [kernel_size, kernel_size], groups, bias);
    }

    /// <summary>weight [in_channels, out_channels / groups, the kernel's height, its width] and bias [out_channels].</summary>
    public static ModuleShape ConvTranspose2d(long in_channels, long out_channels, (long Height, long Width) kernel_size, long groups = 1, bool bias = true)
    {
        return Transposed(in_channels, out_channels, [kernel_size.Height, kernel_size.Width], groups, bias);
    }

    /// <summary>weight [in_channels, out_channels / groups, kernel_size, kernel_size, kernel_size] and bias [out_channels].</summary>
    public static ModuleShape ConvTranspose3d(long in_channels, long out_channels, long kernel_size, long groups = 1, bool bias = true)
    {
        return Transposed(in_channels, out_channels, [kernel_size, kernel_size, kernel_size], groups, bias);
    }

    /// <summary>weight [in_channels, out_channels / groups, the kernel's three sizes] and bias [out_channels].</summary>
    public static ModuleShape ConvTranspose3d(long in_channels, long out_channels, (long, long, long) kernel_size, long groups = 1, bool bias = true)
    {
        return Transposed(in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3], groups, bias);
    }

    private static ModuleShape Transposed(long inChannels, long outChannels, long[] kernel, long groups, bool hasBias)
    {
        if (groups < 1)
            throw new ArgumentException($"A convolution can't have {groups} groups.", nameof(groups));
        return Layer(new ParameterShape([inChannels, outChannels / groups, .. kernel]), hasBias ? new ParameterShape(outChannels) : null);
    }
}
