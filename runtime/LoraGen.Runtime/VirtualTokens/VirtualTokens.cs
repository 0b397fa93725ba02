using LoraGen.Calls;
using LoraGen.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The virtual tokens of the adapters of a model.</summary>
public static class VirtualTokens
{
    /// <summary>
    /// Prepends the virtual tokens of the adapters that act in the running call to the input of a model, and extends its mask and positions. Models that are
    /// <see cref="IPromptable"/> or <see cref="IPrefixable"/> call it in their forward, where they have the embeddings of their tokens.
    /// </summary>
    /// <param name="module">The module whose forward makes the call: the model, or a part of it.</param>
    /// <param name="embeddings">The embeddings of the tokens, [batch, tokens, width].</param>
    /// <param name="mask">The attention mask [batch, all tokens, those in a cache too], 0 or false for padding; null if there is none.</param>
    /// <param name="positions">[batch or 1, tokens]; null if the model counts them from the number of tokens in its cache.</param>
    /// <param name="past">
    /// The number of tokens in the model's cache of keys and values, virtual ones included; 0 without a cache. With tokens in the cache nothing is prepended,
    /// because the cache has the virtual tokens: only the mask and the positions are extended.
    /// </param>
    /// <returns>The input with which the model computes.</returns>
    /// <exception cref="ArgumentException">A shape is not as expected.</exception>
    /// <exception cref="InvalidOperationException">The virtual tokens and the tokens are more than the model can process.</exception>
    public static PromptedInput Prepend(nn.Module module, Tensor embeddings, Tensor? mask = null, Tensor? positions = null, long past = 0)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(embeddings);
        var adapters = ActingOn(module);
        if (adapters.Count == 0)
            return new PromptedInput(embeddings) { Mask = mask, Positions = positions, Past = past };

        EnsureShapes(embeddings, mask, positions, past);
        using var scope = NewDisposeScope();
        var call = new VirtualTokensCall(adapters, embeddings, module.training, isFirst: past == 0);
        call.EnsureFits(past);
        var prompted = new PromptedInput(call.Embeddings)
        {
            Mask = mask is null ? null : Extended(mask, call.All, 1).MoveToOuterDisposeScope(),
            Positions = positions is null ? null : call.Positions(positions).MoveToOuterDisposeScope(),
            Start = call.Prompt,
            Past = past + call.PrefixTokens,
            Prefix = call.Prefix,
        };
        call.Keep();
        return prompted;
    }

    /// <summary>
    /// Returns the number of virtual tokens with which the sequence of a model's call begins now: those of its active prompt tuning and P-tuning adapters. The
    /// model's output per token begins with as many. A prefix is not part of the sequence.
    /// </summary>
    public static long CountOf(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ActingOn(model).Select(adapter => adapter.VirtualTokenMethod!).Where(method => !method.IsPrefix).Sum(method => method.Tokens);
    }

    /// <summary>Prepends a value for each of <paramref name="count"/> tokens; returns <paramref name="values"/> itself for none.</summary>
    internal static Tensor Extended(Tensor values, long count, Scalar value)
    {
        if (count == 0)
            return values;

        using var scope = NewDisposeScope();
        return cat([full([values.shape[0], count], value, values.dtype, values.device), values], 1).MoveToOuterDisposeScope();
    }

    private static IReadOnlyList<AdapterBase> ActingOn(nn.Module module)
    {
        return ModuleState.TryGet(module, out var state) && state.Frozen is { } frozen
            ? [.. ModelCall.Acting(frozen.Models).Where(adapter => adapter.VirtualTokenMethod is not null)]
            : [];
    }

    private static void EnsureShapes(Tensor embeddings, Tensor? mask, Tensor? positions, long past)
    {
        if (embeddings.ndim != 3)
            throw Unexpected(embeddings, "embeddings are", "[batch, tokens, width]", nameof(embeddings));

        // With a cache the mask has the tokens in it too.
        var (batch, tokens) = (embeddings.shape[0], embeddings.shape[1]);
        if (mask is not null && (mask.ndim != 2 || mask.shape[0] != batch || (past == 0 && mask.shape[1] != tokens)))
        {
            throw Unexpected(
                mask, "mask is", $"[{batch}, {(past == 0 ? tokens : "tokens")}], 1 for a visible token and 0 for padding: pass it before it is made a mask of scores", nameof(mask));
        }

        long[] rows = positions?.ndim == 2 && positions.shape[1] == tokens ? [1, batch] : [];
        if (positions is not null && !rows.Contains(positions.shape[0]))
            throw Unexpected(positions, "positions are", $"[{batch} or 1, {tokens}]", nameof(positions));
    }

    internal static ArgumentException Unexpected(Tensor tensor, string what, string expected, string parameter)
    {
        return new ArgumentException($"The {what} [{string.Join(", ", tensor.shape)}], expected {expected}.", parameter);
    }
}
