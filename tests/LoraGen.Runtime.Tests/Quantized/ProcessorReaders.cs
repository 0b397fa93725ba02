using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Reads NF4 codes by each of the ways that the processor supports.</summary>
internal static unsafe class ProcessorReaders
{
    private const int Block = 64;

    public static IEnumerable<float[]> Read(Tensor weight)
    {
        var format = CodebookFormat.Nf4;
        var count = (int)weight.numel();
        var values = weight.data<float>().ToArray();
        var codes = new byte[count / 2];
        var scales = new float[count / Block];
        fixed (float* from = values, expanded = format.Expanded)
        fixed (byte* to = codes)
        {
            for (var block = 0; block < scales.Length; block++)
                scales[block] = format.Quantize(from + (block * Block), Block, to + (block * Block / 2));
        }

        var reads = new List<float[]> { With(CodebookFormat.ReadPairs) };
        if (Avx2.IsSupported)
            reads.Add(With(NibbleTable.Read256));
        if (Avx512F.IsSupported)
            reads.Add(With(NibbleTable.Read512));
        return reads;

        float[] With(Reader read)
        {
            var result = new float[count];
            fixed (float* target = result, factors = scales, expanded = format.Expanded)
            fixed (byte* from = codes)
                read(from, expanded, factors, scales.Length, Block, target);
            return result;
        }
    }

    private delegate void Reader(byte* codes, float* expanded, float* scales, int blocks, int size, float* values);
}
