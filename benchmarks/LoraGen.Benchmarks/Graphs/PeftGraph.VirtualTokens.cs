using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>Prompt tuning, P-tuning and prefix tuning.</content>
internal static partial class PeftGraph
{
    /// <summary>
    /// <c>cat((encoder(embedding(tokens[:1])).repeat(batch, 1, 1), inputs_embeds), dim=1)</c>. The embedding is computed by its operator <c>index_select</c>.
    /// </summary>
    /// <param name="embeddings">The embeddings of the text: [batch, time, width].</param>
    /// <param name="numbers">The numbers of the virtual tokens, from 0: [tokens].</param>
    /// <param name="table">[tokens, width].</param>
    /// <param name="encoder">P-tuning's encoder; null for prompt tuning.</param>
    public static Tensor Prompted(Tensor embeddings, Tensor numbers, Tensor table, Module<Tensor, Tensor>? encoder = null)
    {
        var batch = embeddings.shape[0];
        using var rows = Expanded(batch, numbers);
        using var first = rows.narrow(0, 0, 1);
        using var found = Looked(first, table);
        using var encoded = encoder?.forward(found);
        using var prompts = (encoded ?? found).repeat(batch, 1, 1);
        return cat([prompts, embeddings], 1);
    }

    /// <summary><c>cat((ones(batch, tokens), attention_mask), dim=1)</c>.</summary>
    public static Tensor PromptedMask(Tensor mask, long tokens)
    {
        using var visible = ones(mask.shape[0], tokens);
        using var moved = visible.to(mask.device);
        return cat([moved, mask], 1);
    }

    /// <summary>
    /// <c>embedding(tokens[:, :count]).view(batch, count, 2 * layers, heads, head_dim).permute(2, 0, 3, 1, 4).split(2)</c>: the keys and values of each
    /// layer, [2, batch, heads, count, head_dim].
    /// </summary>
    /// <param name="batch">The number of rows of the input.</param>
    /// <param name="numbers">The numbers of the virtual tokens, from 0: [tokens].</param>
    /// <param name="table">[tokens, 2 * layers * heads * head_dim].</param>
    /// <param name="layers">The number of layers.</param>
    /// <param name="heads">The number of heads of keys and values.</param>
    public static Tensor[] Prefix(long batch, Tensor numbers, Tensor table, long layers, long heads)
    {
        using var rows = Expanded(batch, numbers);
        using var own = rows.narrow(1, 0, table.shape[0]);
        using var found = Looked(own, table);
        using var parts = found.view(batch, table.shape[0], 2 * layers, heads, -1);
        using var ordered = parts.permute(2, 0, 3, 1, 4);
        return ordered.split(2);
    }

    private static Tensor Expanded(long batch, Tensor numbers)
    {
        using var row = numbers.unsqueeze(0);
        return row.expand(batch, -1);
    }

    private static Tensor Looked(Tensor numbers, Tensor table)
    {
        using var flat = numbers.reshape(-1);
        using var found = table.index_select(0, flat);
        return found.view(numbers.shape[0], numbers.shape[1], table.shape[1]);
    }
}
