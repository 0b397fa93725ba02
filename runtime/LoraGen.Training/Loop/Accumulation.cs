namespace LoraGen.Training.Loop;

/// <summary>What has been accumulated for a step. The gradients are those of the sums of the losses, divided by the first count.</summary>
internal sealed class Accumulation
{
    /// <summary>The number of batches.</summary>
    public int Batches { get; set; }

    /// <summary>The sum of the losses.</summary>
    public double Sum { get; set; }

    /// <summary>The sum of the counts.</summary>
    public double Count { get; set; }

    /// <summary>What the losses are divided by before their gradients are known to be of a mean: without it, float16 would overflow.</summary>
    public double Divisor { get; set; }

    /// <summary>The batch whose loss is not finite; null if there is none.</summary>
    public string? NonFinite { get; set; }

    public double Mean => Sum / Count;

    public void Add(double sum, double count)
    {
        if (Divisor == 0 && count > 0)
            Divisor = count;
        Sum += sum;
        Count += count;
    }
}
