using static TorchSharp.torch;

namespace LoraGen;

/// <summary>An adapter of prompt tuning.</summary>
/// <typeparam name="TModel">The base model's class.</typeparam>
public abstract class PromptTuningAdapter<TModel> : VirtualTokenAdapter<TModel>
    where TModel : nn.Module
{
    /// <summary>Creates an adapter. Only generated classes call it.</summary>
    protected PromptTuningAdapter(TModel model, string name)
        : base(model, name)
    {
    }

    /// <summary>
    /// Sets the virtual tokens to the embeddings of given tokens, usually those of a text that describes the task: the first ones, or all of them repeatedly if
    /// there are fewer than virtual tokens. PEFT's <c>prompt_tuning_init_text</c>, without its tokenizer.
    /// </summary>
    /// <param name="tokens">The numbers of the tokens in the vocabulary.</param>
    /// <exception cref="ArgumentException">There is no token, or one that the vocabulary doesn't have.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model doesn't provide its embeddings by <see cref="IPromptable.TokenEmbeddings"/>, or the method was called within a call of the model.
    /// </exception>
    public void StartFrom(params long[] tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Change(nameof(StartFrom), () =>
        {
            using var noGrad = no_grad();
            ((PromptTuningMethod)VirtualTokenMethod!).SetTokens(BaseModel, OwnParameters, tokens);
        });
    }
}
