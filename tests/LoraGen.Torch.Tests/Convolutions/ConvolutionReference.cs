namespace LoraGen.Torch.Tests.Convolutions;

/// <summary>How a kernel moves, the same in all dimensions but for the index that is added so that no two are the same.</summary>
internal sealed record Movement(long[] Stride, long[] Padding, long[] Dilation, long Groups = 1)
{
    /// <summary>Input [batch, channels, size…], weight [out, channels / groups, kernel…], with zeros outside the input.</summary>
    public Numbers Convolve(Numbers input, Numbers weight)
    {
        var sizes = Padding.Select((padding, d) =>
            ((input.Shape[d + 2] + (2 * padding) - (Dilation[d] * (weight.Shape[d + 2] - 1)) - 1) / Stride[d]) + 1);
        return Convolve(input, weight, Padding, [.. sizes]);
    }

    /// <summary>As many outputs as inputs: where the zeros are odd in number, the end has one more.</summary>
    public Numbers ConvolveSame(Numbers input, Numbers weight)
    {
        long[] before = [.. Dilation.Select((dilation, d) => dilation * (weight.Shape[d + 2] - 1) / 2)];
        return Convolve(input, weight, before, input.Shape[2..]);
    }

    private Numbers Convolve(Numbers input, Numbers weight, long[] before, long[] sizes)
    {
        var (channels, outputs) = (weight.Shape[1], weight.Shape[0]);
        return Numbers.Of([input.Shape[0], outputs, .. sizes], at =>
        {
            var sum = 0.0;
            foreach (var k in Numbers.Indices([channels, .. weight.Shape[2..]]))
            {
                long[] place = [at[0], (at[1] / (outputs / Groups) * channels) + k[0], .. sizes.Select((_, d) => (at[d + 2] * Stride[d]) - before[d] + (k[d + 1] * Dilation[d]))];
                if (place.Zip(input.Shape).All(pair => pair.First >= 0 && pair.First < pair.Second))
                    sum += input[place] * weight[[at[1], .. k]];
            }

            return sum;
        });
    }
}
