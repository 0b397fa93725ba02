using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Prompts;

/// <summary>Virtual tokens as embeddings, against a model whose vocabulary has them as tokens.</summary>
public sealed class PromptTests : IDisposable
{
    private const int Vocabulary = 6;
    private const double Tolerance = 1e-5;

    private readonly PromptedGpt _model = Make.Model(() => new PromptedGpt(Vocabulary));
    private readonly Tensor _ids = tensor(new long[,] { { 1, 2 }, { 5, 0 }, { 3, 3 }, { 4, 1 } });
    private readonly Tensor _padding = tensor(new[,] { { false, false, false, false }, { true, false, false, false } });

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Are_read_before_the_text()
    {
        using var prompt = _model.AttachPromptTuning();

        Expect.Close(WithTokens(prompt.Tokens(), _padding), _model.call(_ids, _padding), Tolerance);
        Expect.Close(WithTokens(prompt.Tokens(), null), _model.forward(_ids, null), Tolerance);
    }

    [Fact]
    public void Of_P_tuning_are_what_the_encoder_computes()
    {
        using var prompt = _model.AttachPTuning();

        Expect.Close(WithTokens(prompt.Tokens(), _padding), _model.call(_ids, _padding), Tolerance);
    }

    [Fact]
    public void Of_several_adapters_are_read_in_the_order_of_attaching()
    {
        using var second = _model.AttachSecondPromptTuning();
        using var first = _model.AttachPromptTuning();

        Expect.Close(WithTokens(cat([second.Tokens(), first.Tokens()], 0), _padding), _model.call(_ids, _padding), Tolerance);
        second.IsActive = false;
        Expect.Close(WithTokens(first.Tokens(), _padding), _model.call(_ids, _padding), Tolerance);
        second.ActivateOnly();
        Expect.Close(WithTokens(second.Tokens(), _padding), _model.call(_ids, _padding), Tolerance);
    }

    [Fact]
    public void Act_with_LoRA_beside_them()
    {
        using var lora = Make.Trained(_model.AttachLora(name: "low"));
        using var prompt = _model.AttachPromptTuning();
        var active = _model.call(_ids, _padding);
        lora.Merge();

        Expect.Close(WithTokens(prompt.Tokens(), _padding), active.detach(), 1e-4);
    }

    [Fact]
    public void Only_the_adapter_gets_gradients_and_they_are_those_of_the_tokens()
    {
        using var prompt = _model.AttachPromptTuning();
        _model.call(_ids, _padding).pow(2).sum().backward();
        var tokens = prompt.Tokens().requires_grad_();
        WithTokens(tokens, _padding).pow(2).sum().backward();

        Assert.All(_model.parameters(), parameter => Assert.Null(parameter.grad));
        Expect.CloseInShare(tokens.grad!, Assert.Single(prompt.TrainedParameters()).grad!, 1e-4);
    }

    [Fact]
    public void Are_gone_when_it_is_inactive_or_detached()
    {
        using var noGrad = no_grad();
        var before = ModelState.Of(_model);
        var expected = _model.call(_ids, _padding).detach();
        using var prompt = _model.AttachPromptTuning();
        Assert.Equal([7, 2, 11], _model.call(_ids, _padding).shape);
        prompt.IsActive = false;
        Expect.Close(expected, _model.call(_ids, _padding), 1e-6);
        prompt.IsActive = true;
        prompt.Detach();

        Expect.Close(expected, _model.call(_ids, _padding), 1e-6);
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void Labels_are_extended_and_outputs_cut_by_all_that_act()
    {
        using var prompt = _model.AttachPromptTuning();
        using var second = _model.AttachSecondPromptTuning();
        var labels = tensor(new long[,] { { 1, 2 }, { 3, 4 } });

        Assert.Equal([-100, -100, -100, -100, -100, 1, 2], prompt.Labels(labels)[0].data<long>().ToArray());
        Assert.Equal([2, 4], second.OfText(ones(2, 9)).shape);
        Assert.Equal(5, VirtualTokens.CountOf(_model));
        second.IsActive = false;
        Assert.Equal([2, 5], second.Labels(labels).shape);
        prompt.IsActive = false;
        Assert.Same(labels, prompt.Labels(labels));
        var output = ones(2, 9);
        Assert.Same(output, prompt.OfText(output));
    }

    [Fact]
    public void Start_from_the_vocabulary()
    {
        using var sampled = _model.AttachSampledPromptTuning();
        var rows = sampled.Tokens();
        Assert.All(Enumerable.Range(0, 5), row => Assert.Contains(Rows(), other => Close(other, rows[row])));

        sampled.Dispose();
        random.manual_seed(5);
        using var again = _model.AttachSampledPromptTuning();
        random.manual_seed(6);
        again.Detach();
        using var different = _model.AttachSampledPromptTuning();
        Assert.NotEqual(Expect.Bytes(again.Tokens()), Expect.Bytes(different.Tokens()));

        Tensor[] Rows() => [.. Enumerable.Range(0, Vocabulary).Select(row => _model.Table[row] * 3)];
        static bool Close(Tensor one, Tensor other) => one.sub(other).abs().max().item<float>() < 1e-6;
    }

    [Fact]
    public void Start_from_given_tokens_repeated_or_cut()
    {
        using var prompt = _model.AttachPromptTuning();
        var parameter = prompt.TrainedParameters()[0];
        prompt.StartFrom(4, 1);
        Expect.Close(cat([_model.Table[4], _model.Table[1], _model.Table[4]]).view(3, 8) * 3, prompt.Tokens(), 1e-6);
        prompt.StartFrom(0, 1, 2, 3, 4, 5);
        Expect.Close(_model.Table.narrow(0, 0, 3) * 3, prompt.Tokens(), 1e-6);
        Assert.Same(parameter, prompt.TrainedParameters()[0]);

        Assert.Contains("no token", Assert.Throws<ArgumentException>(() => prompt.StartFrom()).Message, StringComparison.Ordinal);
        Assert.StartsWith("Token 6 is not in the vocabulary, which has 6 tokens", Assert.Throws<ArgumentException>(() => prompt.StartFrom(0, 6)).Message);
        Assert.StartsWith("Token -1 is", Assert.Throws<ArgumentException>(() => prompt.StartFrom(-1)).Message);
    }

    [Fact]
    public void A_random_start_is_normal()
    {
        using var model = Make.Model(() => new UnpromptedModel { EmbeddingWidth = 20_000 });
        using var prompt = model.AttachPromptTuning();
        var values = prompt.Tokens();
        Assert.InRange(values.mean().item<float>(), -0.02f, 0.02f);
        Assert.InRange(values.pow(2).mean().item<float>(), 0.97f, 1.03f);
    }

    // The model with the virtual tokens as the last tokens of its vocabulary.
    private Tensor WithTokens(Tensor tokens, Tensor? padding)
    {
        using var extended = Make.Model(() => new PromptedGpt((int)(Vocabulary + tokens.shape[0])));
        var state = _model.state_dict();
        using (no_grad())
        {
            foreach (var (name, value) in extended.state_dict().Where(entry => entry.Key != "wte.weight"))
                value.copy_(state[name]);
        }

        var table = cat([_model.Table.detach(), tokens / 3], 0);
        extended.Lookup = ids => table.index_select(0, ids.flatten()).view(ids.shape[0], ids.shape[1], -1);
        var count = tokens.shape[0];
        var ids = cat([arange(Vocabulary, Vocabulary + count).unsqueeze(1).expand(count, 2), _ids], 0);
        var mask = padding is null ? null : cat([zeros([2, count], ScalarType.Bool), padding], 1);
        return extended.call(ids, mask);
    }
}
