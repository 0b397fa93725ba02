using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Sharing;

/// <summary>Two models with a common layer.</summary>
public sealed class SharedBackboneTests : IDisposable
{
    private readonly Linear _backbone = Make.Model(() => nn.Linear(4, 4));
    private readonly BackboneTask _first;
    private readonly BackboneTask _second;
    private readonly Tensor _input = Make.Normal(3, 5, 4);

    public SharedBackboneTests()
    {
        _first = Make.Model(() => new BackboneTask(_backbone, 2));
        _second = Make.Model(() => new BackboneTask(_backbone, 3), seed: 2);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void The_second_is_refused_and_left_as_it_was()
    {
        using var lora = Make.Trained(_first.AttachLora());
        var (output, before) = (_first.call(_input), ModelState.Of(_second));
        var error = Assert.Throws<InvalidOperationException>(() => _second.AttachLora());

        Assert.Contains("backbone: the layer also belongs to another adapted model (BackboneTask)", error.Message);
        Assert.Contains("shared: true", error.Message);
        Assert.Equal(before, ModelState.Of(_second));
        Expect.SameBits(output, _first.call(_input));
    }

    [Fact]
    public void A_layer_that_only_the_second_adapts_is_refused()
    {
        using var head = Make.Trained(_first.AttachHeadLora());
        Assert.Contains("backbone: the layer also belongs to", Assert.Throws<InvalidOperationException>(() => _second.AttachLora()).Message);
    }

    [Fact]
    public void A_layer_that_only_the_first_adapts_is_refused()
    {
        using var lora = Make.Trained(_first.AttachLora());
        var error = Assert.Throws<InvalidOperationException>(() => _second.AttachHeadLora());
        Assert.Contains("backbone: the layer has adapter \"default\" of another adapted model (BackboneTask), which acts here too", error.Message);
    }

    [Fact]
    public void Adapters_of_layers_that_are_not_shared_are_free()
    {
        using var first = Make.Trained(_first.AttachHeadLora());
        var output = _first.call(_input);
        using var second = Make.Trained(_second.AttachHeadLora(), seed: 50);
        Expect.SameBits(output, _first.call(_input));
        second.Merge();
        Expect.SameBits(output, _first.call(_input));
    }

    [Fact]
    public void A_backbone_that_trains_whole_is_refused()
    {
        using var model = Make.Model(() => new TrainedBackboneTask(_backbone));
        using var lora = Make.Trained(_first.AttachHeadLora());
        Assert.Contains("backbone.weight: the tensor also belongs to", Assert.Throws<InvalidOperationException>(() => model.AttachLora()).Message);
    }

    [Fact]
    public void Shared_it_acts_in_both()
    {
        var before = ModelState.Of(_first).Concat(ModelState.Of(_second)).ToArray();
        using var first = Make.Trained(_first.AttachLora());
        using var second = Make.Trained(_second.AttachLora(shared: true), seed: 50);
        var hidden = Reference.Output((LoraSite)first["backbone"], _input) + Reference.Delta((LoraSite)second["backbone"], _input);
        Expect.Close(Reference.Output((LoraSite)first["head"], hidden), _first.call(_input));
        Expect.Close(Reference.Output((LoraSite)second["head"], hidden), _second.call(_input));

        second.Merge();
        Expect.Close(Reference.Output((LoraSite)first["head"], hidden), _first.call(_input), 1e-4);
        second.Unmerge();
        first.IsActive = false;
        hidden = Reference.Base((LoraSite)first["backbone"], _input) + Reference.Delta((LoraSite)second["backbone"], _input);
        Expect.Close(Reference.Output((LoraSite)second["head"], hidden), _second.call(_input));
        first.Dispose();
        Expect.Close(Reference.Output((LoraSite)second["head"], hidden), _second.call(_input));
        second.Dispose();
        Assert.Equal(before, ModelState.Of(_first).Concat(ModelState.Of(_second)));
    }

    [Fact]
    public void After_detaching_the_other_model_is_free_again()
    {
        using (_first.AttachLora())
            Assert.Throws<InvalidOperationException>(() => _second.AttachLora());
        using var second = Make.Trained(_second.AttachLora());
        Assert.Throws<InvalidOperationException>(() => _first.AttachLora());
    }

    [Fact]
    public void A_part_and_the_whole_can_both_be_adapted()
    {
        using var whole = Make.Model(() => new WholeModel(_second), seed: 3);
        using var part = Make.Trained(_second.AttachLora());
        using var all = Make.Trained(whole.AttachLora(), seed: 50);
        var hidden = Reference.Output((LoraSite)part["backbone"], _input) + Reference.Delta((LoraSite)all["part.backbone"], _input);
        var output = Reference.Output((LoraSite)part["head"], hidden) + Reference.Delta((LoraSite)all["part.head"], hidden);

        Expect.Close(Reference.Output((LoraSite)all["last"], output), whole.call(_input));
        all.Dispose();
        part.Dispose();
        using var first = whole.AttachLora();
        using var second = _second.AttachLora();
    }

    [Fact]
    public void A_change_waits_for_calls_of_the_other_model()
    {
        using var shared = Make.Model(() => new Threads.Paused());
        using var first = Make.Model(() => new BackboneTask(shared, 2));
        using var second = Make.Model(() => new BackboneTask(shared, 3), seed: 2);
        using var one = Make.Trained(first.AttachLora());
        using var two = Make.Trained(second.AttachLora(shared: true), seed: 50);
        var input = Make.Normal(3, 5, 6);
        var expected = first.call(input);
        using var running = new Threads.RunningCall(shared, () => first.call(input));
        var merge = Task.Run(two.Merge);

        Assert.False(Threads.RunningCall.EndsSoon(merge));
        Expect.Close(expected, running.Finish());
        Threads.RunningCall.Wait(merge);
    }
}
