using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class StateDictTests
{
    [Fact]
    public void Values_are_the_living_parameters()
    {
        using var model = new ObservedModel();
        Assert.Same(model.fcReadonly.weight, model.state_dict()["fcReadonly.weight"]);
        Assert.Equal(model.fcReadonly.weight.Handle, model.state_dict()["fcReadonly.weight"].Handle);
    }

    [Fact]
    public void Loading_copies_the_values()
    {
        using var from = new ObservedModel();
        using var to = new ObservedModel();
        var (missing, unexpected) = to.load_state_dict(from.state_dict());

        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.NotSame(from.fcReadonly.weight, to.fcReadonly.weight);
        Assert.Equal(from.fcReadonly.weight.Floats(), to.fcReadonly.weight.Floats());
        Assert.True(to.fcReadonly.weight.requires_grad);
    }

    [Fact]
    public void A_changed_dictionary_is_refused_or_reported()
    {
        using var from = new ObservedModel();
        using var to = new ObservedModel();
        var changed = from.state_dict();
        changed.Remove("fcReadonly.weight");
        changed["stray"] = ones(1);

        var error = Assert.Throws<InvalidOperationException>(() => to.load_state_dict(changed));
        Assert.Equal("The loaded state_dict is not identical to the target dictionary.", error.Message);

        var (missing, unexpected) = to.load_state_dict(changed, strict: false);
        Assert.Equal(["fcReadonly.weight"], missing);
        Assert.Equal(["stray"], unexpected);

        (missing, unexpected) = to.load_state_dict(changed, strict: true, skip: ["stray", "fcReadonly.weight"]);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
    }

    [Fact]
    public void Shapes_must_fit_or_broadcast()
    {
        using var model = new ObservedModel();
        var wrong = model.state_dict();
        wrong["fcReadonly.bias"] = ones(2);
        var error = Assert.Throws<ExternalException>(() => model.load_state_dict(wrong));
        Assert.StartsWith("The size of tensor a (4) must match the size of tensor b (2) at non-singleton dimension", error.Message);

        wrong["fcReadonly.bias"] = full([1], 3f);
        model.load_state_dict(wrong);
        model.fcReadonly.bias!.Floats().Near(3, 3, 3, 3);
    }

    [Fact]
    public void A_prefix_goes_before_each_name()
    {
        using var model = new ObservedModel();
        Assert.Equal("base.scaleReadonly", model.state_dict(prefix: "base").Keys.First());
        Assert.Contains("base.fcReadonly.weight", model.state_dict(prefix: "base").Keys);

        var gathered = new Dictionary<string, Tensor> { ["other"] = ones(1) };
        Assert.Same(gathered, model.state_dict(gathered));
        Assert.Equal("other", gathered.Keys.First());
    }

    [Fact]
    public void Save_and_load_round_trip()
    {
        using var from = new ObservedModel();
        using var to = new ObservedModel();
        using var stream = new MemoryStream();
        from.save(stream);
        to.load(new MemoryStream(stream.ToArray()));

        foreach (var (name, value) in from.state_dict())
            Assert.Equal(value.Floats(), to.state_dict()[name].Floats());
    }

    [Fact]
    public void The_file_is_count_then_name_type_shape_and_bytes()
    {
        using var linear = nn.Linear(nn.Parameter(full([1, 2], 1f)));
        using var stream = new MemoryStream();
        linear.save(stream);

        byte[] one = [0, 0, 0x80, 0x3f];
        Assert.Equal([1, 6, .. "weight"u8, 6, 2, 1, 2, .. one, .. one], stream.ToArray());
    }

    [Fact]
    public void Loading_a_file_into_another_model_says_what_does_not_fit()
    {
        using var small = nn.Linear(2, 2, hasBias: false);
        using var model = nn.Linear(2, 2);
        using var stream = new MemoryStream();
        small.save(stream);
        var bytes = stream.ToArray();

        Assert.Equal(
            "Mismatched state_dict sizes: expected 2, but found 1 entries.",
            Assert.Throws<ArgumentException>(() => model.load(new MemoryStream(bytes))).Message);

        var loaded = new Dictionary<string, bool>();
        model.load(new MemoryStream(bytes), strict: false, loadedParameters: loaded);
        Assert.Equal([new("weight", true)], loaded);
        Assert.Equal(small.weight.Floats(), model.weight.Floats());

        using var wide = nn.Linear(3, 2, hasBias: false);
        Assert.Throws<ArgumentException>(() => wide.load(new MemoryStream(bytes)));
        Assert.Throws<FileNotFoundException>(() => model.load("no-such-file.dat"));
    }
}
