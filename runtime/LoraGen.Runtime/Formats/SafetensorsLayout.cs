namespace LoraGen.Formats;

/// <summary>
/// The rule for a safetensors file's data: each tensor's bytes match its shape and type, and they follow each other without a gap from the end of the header
/// to the end of the file.
/// </summary>
internal static class SafetensorsLayout
{
    /// <summary>The tensors in the order of their bytes.</summary>
    /// <exception cref="InvalidDataException">The rule is broken.</exception>
    public static SafetensorsTensor[] Order(IEnumerable<SafetensorsTensor> tensors, string file, long dataLength)
    {
        var sorted = tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End).ThenBy(tensor => tensor.Name, StringComparer.Ordinal);
        SafetensorsTensor[] ordered = [.. sorted];
        SafetensorsTensor? last = null;
        foreach (var tensor in ordered)
        {
            EnsureLength(tensor, file);
            EnsureFollows(tensor, last, file);
            last = tensor;
        }

        var end = last?.End ?? 0;
        if (end > dataLength)
        {
            throw Error(
                file,
                last!,
                $"its bytes end at {end}, and the file has {dataLength} after its header: it is cut off, {end - dataLength} bytes are missing");
        }

        if (end < dataLength)
        {
            throw new InvalidDataException(
                $"{file}: its tensors take {end} bytes, and the file has {dataLength} after its header: {dataLength - end} at its end belong to no tensor. "
                + "The file is damaged; download or write it again.");
        }

        return ordered;
    }

    private static void EnsureLength(SafetensorsTensor tensor, string file)
    {
        if (tensor.End < tensor.Begin)
            throw Error(file, tensor, $"its bytes begin at {tensor.Begin} and end before, at {tensor.End}");
        if (ByteCount(tensor) is not { } expected)
            throw Error(file, tensor, $"its shape [{string.Join(", ", tensor.Shape)}] has more elements than can be counted");
        if (tensor.ByteCount != expected)
        {
            throw Error(
                file,
                tensor,
                $"shape [{string.Join(", ", tensor.Shape)}] of {SafetensorsDtype.NameOf(tensor.Dtype)} takes {expected} bytes, "
                + $"its data_offsets [{tensor.Begin}, {tensor.End}] hold {tensor.ByteCount}");
        }
    }

    private static void EnsureFollows(SafetensorsTensor tensor, SafetensorsTensor? last, string file)
    {
        var end = last?.End ?? 0;
        if (tensor.Begin < end)
            throw Error(file, tensor, $"its bytes begin at {tensor.Begin}, within those of {JsonText.Quote(last!.Name)}, which end at {end}");
        if (tensor.Begin > end)
            throw Error(file, tensor, $"its bytes begin at {tensor.Begin}, and those before it end at {end}: {tensor.Begin - end} belong to no tensor");
    }

    // Null if the number does not fit. Sizes count as at least 1, as in torch's strides: [0, 2⁶², 2⁶²] has no bytes, but no strides either.
    private static long? ByteCount(SafetensorsTensor tensor)
    {
        long count = SafetensorsDtype.SizeOf(tensor.Dtype);
        foreach (var size in tensor.Shape)
        {
            if (Math.BigMul(count, Math.Max(size, 1), out count) != 0 || count < 0)
                return null;
        }

        return tensor.Shape.Contains(0) ? 0 : count;
    }

    private static InvalidDataException Error(string file, SafetensorsTensor tensor, string fault)
    {
        return new InvalidDataException($"{file}: tensor {JsonText.Quote(tensor.Name)}: {fault}. The file is damaged; download or write it again.");
    }
}
