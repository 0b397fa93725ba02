using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Freezing;

/// <summary>The base model's registry is not touched, so its checkpoints load with or without an adapter.</summary>
public sealed class CheckpointTests
{
    private readonly Toy _model = Make.Model(() => new Toy());
    private readonly Tensor _input = Make.Normal(3, 2, 5, 32);

    [Fact]
    public void Names_and_order_are_as_before()
    {
        var keys = _model.state_dict().Keys.ToArray();
        var modules = _model.named_modules().Select(entry => entry.name).ToArray();
        using var lora = _model.AttachAllLora();

        Assert.Equal(keys, _model.state_dict().Keys);
        Assert.Equal(modules, _model.named_modules().Select(entry => entry.name));
        Assert.Equal(keys, _model.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void A_base_checkpoint_loads_while_attached()
    {
        using var other = Make.Model(() => new Toy(), seed: 2);
        using var lora = Make.Trained(_model.AttachAllLora());
        using var otherLora = Make.Trained(other.AttachAllLora());
        Expect.Differ(other.forward(_input), _model.forward(_input));

        var (missing, unexpected) = _model.load_state_dict(other.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Expect.SameBits(other.forward(_input), _model.forward(_input));
        Assert.All(_model.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void Modes_follow_the_model()
    {
        using var lora = _model.AttachAllLora();
        _model.eval();
        Assert.All(lora.Sites, site => Assert.False(site.Module.training));
        _model.train();
        Assert.All(lora.Sites, site => Assert.True(site.Module.training));
    }
}
