using System.Globalization;
using Inference.Generation;
using Inference.Loading;
using Inference.Tokenizing;
using static TorchSharp.torch;

namespace Inference;

/// <summary>Runs a request.</summary>
internal sealed class Run(Request request, TextWriter writer)
{
    private readonly Device _device = cuda.is_available() ? CUDA : CPU;

    public void Execute()
    {
        var folder = new CheckpointFolder(request.Model);
        var tokenizer = request.Prompt is null ? null : Tokenizer.Read(request.Model);
        var ids = request.Ids ?? [.. tokenizer!.Encode(request.Prompt!).Select(id => (long)id)];
        if (ids.Count == 0)
            throw new ArgumentException("The prompt is empty, so there is nothing to continue.");

        using var model = folder.Load(request.Adapter, _device);
        if (ids.Any(id => id >= model.VocabSize))
            throw new ArgumentException($"Token {ids.Max()} is none of the model's, which has 0 to {model.VocabSize - 1}.");

        switch (model)
        {
            case Classifier when request.Temperature is not null:
                throw new ArgumentException("This model classifies texts and generates nothing: remove --temperature.");
            case Classifier classifier:
                ShowClasses(classifier, ids);
                break;
            case LanguageModel language when request.Logits:
                ShowLogits(language, ids);
                break;
            case LanguageModel language:
                Generate(new TextGenerator(language.Decoder, Choice(), folder.EndTokens(), _device).Continue(ids, request.MaxTokens), tokenizer);
                break;
        }
    }

    private void ShowClasses(Classifier model, IReadOnlyList<long> ids)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        writer.WriteLine(Line(model.Encoder.call(Batch(ids), null, null)[0]));
    }

    private void ShowLogits(LanguageModel model, IReadOnlyList<long> ids)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var logits = model.Decoder.call(Batch(ids), null, null, null)[0];
        for (var i = 0; i < ids.Count; i++)
            writer.WriteLine(Line(logits[i]));
    }

    private void Generate(IEnumerable<long> tokens, Tokenizer? tokenizer)
    {
        if (tokenizer is null)
        {
            writer.WriteLine(string.Join(',', tokens));
            return;
        }

        var stream = new TextStream(tokenizer, writer);
        foreach (var token in tokens)
            stream.Show(token);
        stream.End();
    }

    private ITokenChoice Choice()
    {
        return request.Temperature is { } temperature
            ? new SampledToken(temperature, request.TopP, new Generator(request.Seed, _device))
            : new LikeliestToken();
    }

    private Tensor Batch(IReadOnlyList<long> ids) => tensor(ids.ToArray(), device: _device).unsqueeze(0);

    private static string Line(Tensor logits)
    {
        return string.Join(' ', logits.to(ScalarType.Float32).cpu().data<float>().Select(logit => logit.ToString("R", CultureInfo.InvariantCulture)));
    }
}
