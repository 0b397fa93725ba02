using LoraGen.Runtime.Tests.Methods;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>The saved state of an adapter's optimizer: what is refused, and that nothing is loaded then.</summary>
public sealed class AdapterOptimizerStateTests
{
    private readonly OneLayer _model = Make.Model(() => new OneLayer("Linear"));
    private readonly Tensor _input = OneLayer.Input("Linear");

    [Fact]
    public void A_state_of_another_kind_of_optimizer_or_adapter_is_refused()
    {
        using var lora = _model.AttachAdaLora();
        using var adam = lora.Optimizer(parameters => optim.AdamW(parameters));
        using var state = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(state));
        using var sgd = lora.Optimizer(parameters => optim.SGD(parameters, 0.1));
        state.Position = 0;
        Assert.Equal(
            "The state is that of an adapter's optimizer with AdamW, but this one is with SGD. Nothing was loaded.",
            Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(state))).Message);

        using var model = Make.Model(() => new OneLayer("Conv1d"));
        using var other = model.AttachAdaLora();
        using var convolved = other.Optimizer(parameters => optim.AdamW(parameters));
        Assert.Equal(
            "The saved state of the adapter's optimizer does not fit the adapter: the shape at layer is [3, 6], expected [3, 9]. Use the options and the model with "
            + "which it was saved, or begin without a state.",
            Assert.Throws<InvalidDataException>(() => convolved.load_state_dict(adam.state_dict())).Message);
    }

    [Fact]
    public void A_state_in_memory_is_taken_too()
    {
        using var twin = Make.Model(() => new OneLayer("Linear"));
        using var lora = _model.AttachAdaLora();
        using var other = twin.AttachAdaLora();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters));
        Backward();
        optimizer.step();
        using var copy = other.Optimizer(parameters => optim.AdamW(parameters));
        Assert.Equal(
            "The saved state of the adapter's optimizer does not fit the adapter: it was saved with other values at layer, in another training or at another step. "
            + "Load the adapter that was saved with it before, or begin without a state.",
            Assert.Throws<InvalidDataException>(() => copy.load_state_dict(optimizer.state_dict())).Message);
        Assert.Equal(0, copy.Steps);
        using (no_grad())
        {
            foreach (var (parameter, value) in other.TrainedParameters().Zip(lora.TrainedParameters()))
                parameter.copy_(value);
        }

        copy.load_state_dict(optimizer.state_dict());
        Assert.Equal(1, copy.Steps);
        var (site, loaded) = (lora.Sites[0], other.Sites[0]);
        Assert.All(site.StepState!.All.Zip(loaded.StepState!.All), pair => Expect.SameBits(pair.First, pair.Second));
    }

    [Fact]
    public void A_cut_or_damaged_state_changes_nothing()
    {
        using var lora = _model.AttachAdaLora();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 0.1));
        Backward();
        optimizer.step();
        using var file = new TemporaryFolder();
        var path = file["optimizer.bin"];
        optimizer.save_state_dict(path);
        var whole = File.ReadAllBytes(path);
        using var other = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 0.2));
        other.load_state_dict(path);
        Backward();
        other.step();
        var before = Saved();
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            var error = Assert.Throws<InvalidDataException>(() => other.load_state_dict(path));
            Assert.StartsWith($"\"{path}\": ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(" Nothing was loaded.", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Saved());

        byte[] Saved()
        {
            using var state = new MemoryStream();
            other.save_state_dict(new BinaryWriter(state));
            return state.ToArray();
        }
    }

    private void Backward()
    {
        using var scope = NewDisposeScope();
        _model.forward(_input).pow(2).mean().backward();
    }
}
