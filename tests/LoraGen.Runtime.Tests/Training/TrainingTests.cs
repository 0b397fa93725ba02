using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Training;

/// <summary>Training an adapter teaches the model something and leaves the base alone.</summary>
public sealed class TrainingTests
{
    private readonly Toy _model = Make.Model(() => new Toy());
    private readonly Tensor _input = Make.Normal(3, 4, 5, 32);
    private readonly Tensor _target = Make.Normal(4, 4, 5, 32);

    [Fact]
    public void The_loss_falls_and_the_base_stays()
    {
        var before = ModelState.Of(_model);
        var output = _model.forward(_input);
        using var lora = _model.AttachAllLora();
        var frozen = ModelState.BitsOf(_model);

        var losses = Train(lora, steps: 40);
        Assert.True(losses[^1] < 0.8 * losses[0], $"{losses[0]} → {losses[^1]}");
        Assert.Equal(frozen, ModelState.BitsOf(_model));

        lora.IsActive = false;
        Expect.SameBits(output, _model.forward(_input));
        lora.Detach();
        Assert.Equal(before, ModelState.Of(_model));
        Expect.SameBits(output, _model.forward(_input));
    }

    [Fact]
    public void It_goes_on_after_merging_and_unmerging()
    {
        using var lora = _model.AttachLora();
        var first = Train(lora, steps: 10);
        var tuned = _model.forward(_input);
        lora.Merge();
        Expect.Close(tuned, _model.forward(_input), 2e-5);
        lora.Unmerge();
        var second = Train(lora, steps: 10);

        Assert.True(second[0] <= first[^1]);
        Assert.True(second[^1] < second[0]);
    }

    [Fact]
    public void Two_adapters_learn_two_things()
    {
        using var first = _model.AttachLora();
        using var second = _model.AttachOtherLora();
        first.ActivateOnly();
        Train(first, steps: 5);
        var learned = _model.forward(_input);
        second.ActivateOnly();
        Train(second, steps: 5);

        first.ActivateOnly();
        Expect.SameBits(learned, _model.forward(_input));
    }

    [Fact]
    public void A_seed_repeats_a_training_bit_for_bit()
    {
        var runs = new List<byte[]>();
        for (var run = 0; run < 2; run++)
        {
            random.manual_seed(5);
            using var lora = _model.AttachLora();
            Train(lora, steps: 5);
            runs.Add(Expect.Bytes(lora.Layers[1].Attn.VProj.B));
        }

        Assert.Equal(runs[0], runs[1]);
    }

    private List<float> Train(Adapter adapter, int steps)
    {
        using var optimizer = optim.AdamW(adapter.TrainedParameters(), lr: 0.01);
        var losses = new List<float>();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = (_model.forward(_input) - _target).pow(2).mean();
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        return losses;
    }
}
