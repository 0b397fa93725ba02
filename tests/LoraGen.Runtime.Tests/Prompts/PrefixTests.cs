using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Prompts;

/// <summary>Virtual tokens as keys and values, against a text whose beginning has these keys and values.</summary>
public sealed class PrefixTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly PromptedGpt _model = Make.Model(() => new PromptedGpt(6));
    private readonly Tensor _ids = tensor(new long[,] { { 1, 1 }, { 2, 2 }, { 3, 3 }, { 1, 2 }, { 5, 0 }, { 3, 3 }, { 4, 1 } });

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Is_read_as_the_keys_and_values_of_a_text()
    {
        var whole = _model.call(_ids, null).narrow(0, 3, 4);
        using var prefix = _model.AttachPrefixTuning();
        prefix.IsActive = false;
        _model.call(_ids, null);
        SetTable(prefix, [.. _model.Blocks.SelectMany(block => (Tensor[])[block.Last.Keys, block.Last.Values])]);
        prefix.IsActive = true;

        Expect.Close(whole, _model.call(_ids.narrow(0, 3, 4), null), Tolerance);
        var padded = tensor(new[,] { { false, false, false, false }, { false, false, false, true } });
        Expect.Close(whole.narrow(0, 0, 3), _model.call(_ids.narrow(0, 3, 4), padded).narrow(0, 0, 3), Tolerance);
    }

    [Fact]
    public void Of_several_adapters_is_read_in_the_order_of_attaching_and_before_a_prompt()
    {
        var whole = _model.call(cat([_ids.narrow(0, 0, 3), _ids.narrow(0, 0, 2), _ids.narrow(0, 3, 4)], 0), null).narrow(0, 5, 4).detach();
        using var first = _model.AttachPrefixTuning();
        using var second = _model.AttachZeroPrefixTuning();
        (first.IsActive, second.IsActive) = (false, false);
        _model.call(cat([_ids.narrow(0, 0, 3), _ids.narrow(0, 0, 2), _ids.narrow(0, 3, 4)], 0), null);
        Tensor[] all = [.. _model.Blocks.SelectMany(block => (Tensor[])[block.Last.Keys, block.Last.Values])];
        SetTable(first, all);
        SetTable(second, [.. all.Select(each => each.narrow(2, 3, 2))]);
        (first.IsActive, second.IsActive) = (true, true);
        Expect.Close(whole, _model.call(_ids.narrow(0, 3, 4), null), Tolerance);

        // The first token of the text as a prompt.
        using var prompt = _model.AttachSecondPromptTuning();
        prompt.StartFrom(1, 5);
        second.Detach();
        first.IsActive = true;
        var output = _model.call(tensor(new long[,] { { 3 }, { 4 } }), null);
        first.IsActive = false;
        prompt.IsActive = false;
        Expect.Close(_model.call(tensor(new long[,] { { 1 }, { 2 }, { 3 }, { 1 }, { 5 }, { 3 }, { 4 } }), null).narrow(0, 3, 4), output, Tolerance);
    }

    [Fact]
    public void Of_a_projection_is_what_it_computes()
    {
        using var projected = _model.AttachProjectedPrefixTuning();
        var output = _model.call(_ids, null);
        projected.IsActive = false;
        using var plain = _model.AttachPrefixTuning(name: "plain");
        using (no_grad())
            plain.TrainedParameters()[0].copy_(projected.Tokens());

        Expect.Close(output, _model.call(_ids, null), 1e-6);
        Assert.Equal([7, 2, 11], output.shape);
        Assert.Equal(0, VirtualTokens.CountOf(_model));
    }

    [Fact]
    public void May_start_at_zero()
    {
        using var zero = _model.AttachZeroPrefixTuning();
        using var projected = _model.AttachProjectedToZeroPrefixTuning();
        using var random = _model.AttachPrefixTuning();
        Assert.Equal(0, zero.Tokens().count_nonzero().item<long>());
        Assert.Equal(0, projected.Tokens().count_nonzero().item<long>());
        Assert.NotEqual(0, projected.TrainedParameters()[0].count_nonzero().item<long>());
        Assert.NotEqual(0, random.Tokens().count_nonzero().item<long>());
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_no_other()
    {
        foreach (var attach in (Func<AdapterBase>[])[() => _model.AttachPrefixTuning(), () => _model.AttachProjectedPrefixTuning()])
        {
            using var adapter = attach();
            _model.call(_ids, null).pow(2).sum().backward();
            Assert.All(adapter.TrainedParameters(), parameter => Assert.NotEqual(0, parameter.grad!.count_nonzero().item<long>()));
            Assert.All(_model.parameters(), parameter => Assert.Null(parameter.grad));
        }
    }

    // Keys and values of the first sequence of a batch: [2 · layers][batch, head, time, size] → [tokens, 2 · layers · head · size].
    private static void SetTable(AdapterBase adapter, Tensor[] keysAndValues)
    {
        using var noGrad = no_grad();
        var parameter = adapter.TrainedParameters()[0];
        parameter.copy_(stack(keysAndValues.Select(each => each[0].narrow(1, 0, parameter.shape[0]))).permute(2, 0, 1, 3).flatten(1));
    }
}
