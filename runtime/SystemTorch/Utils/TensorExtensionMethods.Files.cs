namespace TorchSharp;

/// <summary>Tensors in TorchSharp's own file format: the type, the number of dimensions and each of them as LEB128, then the bytes.</summary>
public static partial class TensorExtensionMethods
{
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64((long)tensor.dtype);
        writer.Write7BitEncodedInt64(tensor.shape.Length);
        foreach (var size in tensor.shape)
            writer.Write7BitEncodedInt64(size);

        using var guard = torch.no_grad();
        using var there = tensor.detach();
        using var here = there.cpu();
        using var dense = here.contiguous();
        writer.Write(dense.bytes);
    }

    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    public static void Save(this torch.Tensor tensor, string location) => tensor.Save(File.Create(location));

    /// <summary>Reads into a tensor that has the written type and shape.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (type != tensor.dtype)
            throw new ArgumentException(Mismatch("data types"));
        if (!skip && !shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException(Mismatch("shape"));

        ReadBytes(reader, tensor, shape, skip);
    }

    /// <summary>Reads a new tensor; where it is skipped, the tensor has the written shape and holds zeros.</summary>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        torch.Tensor? tensor = null;
        Load(ref tensor, reader, skip);
        return tensor!;
    }

    public static void Load(ref torch.Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (tensor is null)
            tensor = torch.zeros(shape, dtype: type);
        else if (!skip && !shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException(Mismatch("shape"));

        ReadBytes(reader, tensor, shape, skip);
    }

    private static (torch.ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        var type = (torch.ScalarType)reader.Read7BitEncodedInt64();
        var shape = new long[reader.Read7BitEncodedInt64()];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = reader.Read7BitEncodedInt64();
        return (type, shape);
    }

    private static void ReadBytes(BinaryReader reader, torch.Tensor tensor, long[] shape, bool skip)
    {
        if (skip)
        {
            reader.BaseStream.Seek(shape.Aggregate(tensor.ElementSize, (product, size) => product * size), SeekOrigin.Current);
            return;
        }

        // A leaf that requires grad may be written in place only where autograd does not look.
        using var guard = torch.no_grad();
        using var read = torch.empty(shape, dtype: tensor.dtype, device: torch.CPU);
        reader.BaseStream.ReadExactly(read.bytes);
        tensor.copy_(read);
    }

    private static string Mismatch(string what)
        => $"Mismatched tensor {what} while loading. Make sure that the model you are loading into is exactly the same as the origin.";
}
