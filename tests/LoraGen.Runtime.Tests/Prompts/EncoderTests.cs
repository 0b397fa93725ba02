using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Prompts;

/// <summary>The networks of P-tuning, against TorchSharp's layers.</summary>
public sealed class EncoderTests : IDisposable
{
    private readonly PromptedGpt _model = Make.Model(() => new PromptedGpt(6));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void The_LSTM_is_TorchSharps()
    {
        using var prompt = _model.AttachRecurrentPTuning();
        var parameters = prompt.TrainedParameters();
        using var lstm = nn.LSTM(8, 5, numLayers: 2, batchFirst: true, bidirectional: true);
        using var inner = nn.Linear(10, 10);
        using var outer = nn.Linear(10, 8);
        Parameter[] theirs = [.. lstm.parameters(), .. inner.parameters(), .. outer.parameters()];
        Assert.Equal(theirs.Select(each => each.shape), parameters.Skip(1).Select(each => each.shape));
        using (no_grad())
        {
            foreach (var (own, their) in parameters.Skip(1).Zip(theirs))
                their.copy_(own);
        }

        var embedding = parameters[0].detach().clone().requires_grad_();
        var expected = outer.forward(nn.functional.relu(inner.forward(lstm.call(embedding.unsqueeze(0)).Item1[0])));
        Expect.Close(expected.detach(), prompt.Tokens(), 1e-6);

        // Without dropout the gradients are the same too.
        _model.eval();
        var weights = Make.Normal(3, 3, 8);
        (expected * weights).sum().backward();
        (prompt.VirtualTokenMethod!.Table(prompt.OwnParameters, isTraining: false) * weights).sum().backward();
        Expect.CloseInShare(embedding.grad!, parameters[0].grad!, 1e-4);
        foreach (var (own, their) in parameters.Skip(1).Zip(theirs))
            Expect.CloseInShare(their.grad!, own.grad!, 1e-4);
    }

    [Fact]
    public void Dropout_acts_in_training_only()
    {
        using var prompt = _model.AttachRecurrentPTuning();
        var ids = tensor(new long[,] { { 1 }, { 2 } });
        _model.eval();
        Expect.SameBits(_model.call(ids, null).detach(), _model.call(ids, null).detach());
        _model.train();
        Assert.NotEqual(Expect.Bytes(_model.call(ids, null).detach()), Expect.Bytes(_model.call(ids, null).detach()));
    }

    [Fact]
    public void Starts_are_those_of_PyTorchs_layers()
    {
        using var model = Make.Model(() => new UnpromptedModel { EmbeddingWidth = 100 });
        using var prompt = model.AttachPTuning();
        var parameters = prompt.TrainedParameters();
        Assert.Equal(1, parameters[0].std().item<float>(), 0.15);
        foreach (var (parameter, inputs) in parameters.Skip(1).Zip((int[])[100, 100, 40, 40, 40, 40]))
            Assert.InRange((double)parameter.abs().max().item<float>(), 0.8 / Math.Sqrt(inputs), 1 / Math.Sqrt(inputs));

        using var recurrent = model.AttachRecurrentPTuning();
        foreach (var parameter in recurrent.TrainedParameters().Skip(1).Take(16))
            Assert.InRange((double)parameter.abs().max().item<float>(), 0.8 / Math.Sqrt(40), 1 / Math.Sqrt(40));
    }

    [Fact]
    public void Counts_are_the_sums_of_the_layers()
    {
        Assert.Equal((3 * 8) + (8 * 8) + 8 + (8 * 8) + 8 + (8 * 8) + 8, PromptedGptPTuning.Count(6).Trainable);
        Assert.Equal(
            (3 * 8) + (2 * ((4 * 5 * 8) + (4 * 5 * 5) + (2 * 4 * 5))) + (2 * ((4 * 5 * 10) + (4 * 5 * 5) + (2 * 4 * 5))) + (10 * 10) + 10 + (8 * 10) + 8,
            PromptedGptRecurrentPTuning.Count(6).Trainable);
        Assert.Equal(3 * 8, PromptedGptPromptTuning.Count(6).Trainable);
        Assert.Equal(3 * 2 * 2 * 8, PromptedGptPrefixTuning.Count(6).Trainable);
        Assert.Equal((3 * 8) + (7 * 8) + 7 + (2 * 2 * 8 * 7) + (2 * 2 * 8), PromptedGptProjectedPrefixTuning.Count(6).Trainable);
    }

    [Fact]
    public void Memory_is_estimated()
    {
        Assert.True(PromptedGptPTuning.EstimateMemory(6, batch: 2, tokens: 4).ToString().Length > 0);
    }

    [Fact]
    public void Counts_are_those_of_the_attached_adapters()
    {
        (Func<AdapterBase> Attach, ParameterCount Told)[] cases =
        [
            (() => _model.AttachPromptTuning(), PromptedGptPromptTuning.Count(6)),
            (() => _model.AttachPTuning(), PromptedGptPTuning.Count(() => new PromptedGpt(6))),
            (() => _model.AttachRecurrentPTuning(), PromptedGptRecurrentPTuning.Count(6)),
            (() => _model.AttachPrefixTuning(), PromptedGptPrefixTuning.Count(6)),
            (() => _model.AttachProjectedPrefixTuning(), PromptedGptProjectedPrefixTuning.Count(6)),
        ];
        foreach (var (attach, told) in cases)
        {
            using var adapter = attach();
            Assert.Equal(told, adapter.ParameterCount);
            Assert.Equal(adapter.TrainedParameters().Sum(parameter => parameter.numel()), told.Trainable);
            Assert.Equal(_model.parameters().Sum(parameter => parameter.numel()) + told.Trainable, told.Total);
            Assert.Empty(adapter.Sites);
        }
    }
}
