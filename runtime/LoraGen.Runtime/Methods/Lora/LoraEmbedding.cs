using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// LoRA on an Embedding: y ← y + scaling · B·A[:, ids]. A is [rank, num_embeddings] and starts at zero, B is [embedding_dim, rank] and starts normal
/// with deviation 1, whatever InitA and InitB say: PEFT's <c>lora_embedding_A</c> and <c>lora_embedding_B</c>.
/// </summary>
/// <remarks>There is no dropout, as in PEFT. A's column of the padding index gets no gradient. Beside a max_norm it trains, but can't be merged.</remarks>
public sealed class LoraEmbedding : LoraSite
{
    internal LoraEmbedding(string path, EmbeddingLayer layer, LoraMethod method, ScalarType? dtype)
        : base(path, layer, method, dtype)
    {
    }

    /// <summary>scaling · (B·A)ᵀ: [num_embeddings, embedding_dim], in the type of A and B. A new tensor.</summary>
    public override Tensor Delta()
    {
        using var rows = A.t();
        using var columns = B.t();
        using var product = rows.matmul(columns);
        return product.mul(Scale);
    }

    internal override void Start()
    {
        using var noGrad = no_grad();
        nn.init.zeros_(A);
        nn.init.normal_(B);
        EmbeddingOptions.Of((Embedding)Module);
    }

    internal override void EnsureMergeable()
    {
        if (EmbeddingOptions.Of((Embedding)Module).LimitsNorms)
        {
            throw new InvalidOperationException(
                $"{Path}: the Embedding was made with a max_norm, which would shorten the merged rows too. Leave the adapter attached, "
                + "or leave the layer out of the targets.");
        }
    }

    internal override Tensor Forward(nn.Module module, Tensor input, Tensor output)
    {
        EnsureSameDevice(input);
        using var ids = input.reshape(-1);
        using var selected = Selected(ids, EmbeddingOptions.Of((Embedding)module).PaddingIndex);
        selected.mul_(Scale);
        using var hidden = selected.t();
        using var columns = B.t();
        return RowSum.Add(output, hidden, columns);
    }

    /// <summary>A's columns of the ids, [rank, tokens]; those of the padding index without a gradient.</summary>
    private Tensor Selected(Tensor ids, long? paddingIndex)
    {
        var selected = A.index_select(1, ids);
        if (paddingIndex is not { } padding || !is_grad_enabled())
            return selected;

        using var trained = selected;
        using var constant = selected.detach();
        using var isPadding = ids.eq(padding);
        return where(isPadding, constant, trained);
    }
}
