using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Prompts;

/// <summary>Prefix tuning of a model that is <see cref="IPrefixable"/> and not <see cref="IPromptable"/>.</summary>
public sealed class PrefixedOnlyTests : IDisposable
{
    private readonly PrefixedOnly _model = Make.Model(() => new PrefixedOnly());
    private readonly Tensor _ids = tensor(new long[,] { { 1, 2, 3 }, { 4, 0, 2 } });

    public static TheoryData<bool> Projections => [false, true];

    public void Dispose() => _model.Dispose();

    // A key or value for each of 2 tokens: 2 heads of 2. With the projection: an embedding of 4, a layer of 3 and one of 8, with biases.
    [Theory, InlineData(false, 2 * 8), InlineData(true, (2 * 4) + (4 * 3) + 3 + (3 * 8) + 8)]
    public void It_has_the_parameters_of_its_keys_and_values(bool isProjected, long expected)
    {
        using var adapter = Attach(isProjected);
        Assert.Equal(expected, adapter.ParameterCount.Trainable);
        Assert.Equal(expected, (isProjected ? PrefixedOnlyProjectedPrefixTuning.Count() : PrefixedOnlyPrefixTuning.Count()).Trainable);
    }

    [Theory, MemberData(nameof(Projections))]
    public void It_is_trained_saved_and_loaded(bool isProjected)
    {
        using var folder = new TemporaryFolder();
        var before = ModelState.BitsOf(_model);
        var plain = _model.call(_ids).detach();
        Tensor trained;
        using (var adapter = Attach(isProjected))
        {
            using var optimizer = optim.SGD(adapter.TrainedParameters(), 0.1);
            var first = Step(optimizer);
            Assert.All(adapter.TrainedParameters(), parameter => Assert.NotEqual(0, parameter.grad!.count_nonzero().item<long>()));
            Assert.True(Step(optimizer) < first);
            trained = _model.call(_ids).detach();
            Assert.NotEqual(Expect.Bytes(plain), Expect.Bytes(trained));
            adapter.Save(folder.Path);
        }

        Expect.SameBits(plain, _model.call(_ids).detach());
        using var loaded = Attach(isProjected);
        loaded.Load(folder.Path);
        Expect.SameBits(trained, _model.call(_ids).detach());
        loaded.Detach();
        Assert.Equal(before, ModelState.BitsOf(_model));
    }

    private AdapterBase Attach(bool isProjected) => isProjected ? _model.AttachProjectedPrefixTuning(name: "default") : _model.AttachPrefixTuning();

    private float Step(optim.Optimizer optimizer)
    {
        optimizer.zero_grad();
        var loss = nn.functional.cross_entropy(_model.call(_ids).flatten(0, 1), _ids.flatten());
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }
}
