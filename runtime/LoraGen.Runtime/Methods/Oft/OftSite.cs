using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>OFT on a Linear: its input is rotated, block by block.</summary>
public sealed class OftSite : Site
{
    internal OftSite(LayerFacts facts, BaseLayer layer, OftMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>
    /// The elements above the diagonal of each block's skew-symmetric matrix, row by row: [blocks, size·(size − 1)/2], with one row if the blocks are shared.
    /// The initial values are zero.
    /// </summary>
    public Parameter Q => Own[0];

    /// <summary>The number of rows of a block.</summary>
    public long BlockSize => ((OftMethod)Method).SizeOf(Facts);

    /// <summary>
    /// Returns the blocks of R, [blocks, size, size], or [1, size, size] if they are shared. A new tensor of at least float32, through which gradients flow to
    /// <see cref="Q"/>.
    /// </summary>
    public Tensor Rotation() => ((OftMethod)Method).Rotation(this);
}
