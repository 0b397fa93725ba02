using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>[P; embeddings], with the trained P.</content>
public sealed partial record PromptTuningMethod
{
    internal override PeftMethod Peft => new PromptTuningPeft(this);

    internal override void StartAdapter(nn.Module model, ParameterSet parameters)
    {
        base.StartAdapter(model, parameters);
        if (Init == PromptInit.Vocabulary)
        {
            using var scope = NewDisposeScope();
            var table = PromptContract.TableOf(model, Label);
            SetRows(parameters, table, randint(0, table.shape[0], [Tokens], ScalarType.Int64, table.device));
        }
    }

    /// <summary>Sets the virtual tokens to rows of the vocabulary's embeddings: the first of the tokens, or all of them repeatedly, as in PEFT.</summary>
    /// <exception cref="ArgumentException">There is no token, or one that the vocabulary doesn't have.</exception>
    internal void SetTokens(nn.Module model, ParameterSet parameters, IReadOnlyList<long> tokens)
    {
        using var scope = NewDisposeScope();
        var table = PromptContract.TableOf(model, Label);
        if (tokens.Count == 0)
            throw new ArgumentException("There is no token to start from: pass at least one.", nameof(tokens));
        if (tokens.FirstOrDefault(token => token < 0 || token >= table.shape[0]) is not 0 and var unknown)
            throw new ArgumentException($"Token {unknown} is not in the vocabulary, which has {table.shape[0]} tokens.", nameof(tokens));

        long[] chosen = [.. Enumerable.Range(0, Tokens).Select(index => tokens[index % tokens.Count])];
        SetRows(parameters, table, tensor(chosen, device: table.device));
    }

    internal override (long Width, long Layers) SizesOf(nn.Module model) => (PromptContract.WidthOf(model, Label), 0);

    internal override long MaxPositions(nn.Module model) => PromptContract.Of(model, Label).MaxPositions ?? long.MaxValue;

    private static void SetRows(ParameterSet parameters, Tensor table, Tensor rows) => parameters[0].copy_(table.index_select(0, rows));
}
