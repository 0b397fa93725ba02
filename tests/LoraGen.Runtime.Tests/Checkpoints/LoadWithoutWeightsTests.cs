using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Checkpoints;

/// <summary>Models whose weights are made as they are read.</summary>
public sealed class LoadWithoutWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_layer_gets_its_values_and_a_tied_one_the_same_parameter()
    {
        using var written = Write(() => new Reader());
        using var read = Checkpoint.Load(() => new Reader(), _folder.Path, out var report);

        Same(written, read);
        Assert.Equal(written.state_dict().Keys, report.Loaded);
        using (no_grad())
            read.table.weight!.fill_(7);
        Assert.Equal(7, read.head.weight[0, 0].item<float>());
        Assert.Equal(written.parameters().Count(), read.parameters().Count());
    }

    [Fact]
    public void What_the_constructor_computes_is_real()
    {
        using var written = Write(() => new Reader());
        using var read = Checkpoint.Load(() => new Reader(), _folder.Path);
        Expect.SameBits(arange(5, dtype: ScalarType.Float32) * 0.5, read.get_buffer("positions")!);
    }

    [Fact]
    public void The_type_is_the_one_that_is_wanted()
    {
        using var written = Write(() => new Reader());
        using var read = Checkpoint.Load(() => new Reader(), _folder.Path, ScalarType.BFloat16);
        Assert.All(read.parameters(), parameter => Assert.Equal(ScalarType.BFloat16, parameter.dtype));
        written.to(ScalarType.BFloat16);
        Same(written, read);
    }

    [Fact]
    public void Every_weight_that_the_checkpoint_lacks_is_listed()
    {
        SafetensorsWriter.Write(_folder["model.safetensors"], [KeyValuePair.Create("conv.bias", zeros(2))]);
        var refused = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(() => new Reader(), _folder.Path));
        foreach (var name in new[] { "table.weight [7, 4]", "conv.weight [2, 4, 3]", "norm.weight [4]", "positions [5]" })
            Assert.Contains(name, refused.Message);
    }

    [Fact]
    public void A_new_head_starts_as_its_layer_starts()
    {
        using (var written = new Reader())
            SafetensorsWriter.Write(_folder["model.safetensors"], State(written).Where(entry => !entry.Key.StartsWith("new_head", StringComparison.Ordinal)));
        random.manual_seed(1);
        using var read = Checkpoint.Load(() => new Reader(), _folder.Path, out var report, mapping: new CheckpointMapping { Optional = ["new_head.*"] });

        Assert.Equal(["new_head.weight", "new_head.bias"], report.Kept);
        var bound = 1 / Math.Sqrt(4);
        foreach (var started in read.new_head.parameters())
        {
            Assert.InRange(started.abs().max().item<float>(), 0.3 * bound, bound);
            Assert.True(started.requires_grad);
        }
    }

    [Fact]
    public void A_new_table_keeps_its_padding_row_at_zero()
    {
        SafetensorsWriter.Write(_folder["model.safetensors"], [KeyValuePair.Create("fc.weight", ones(3, 3))]);
        using var read = Checkpoint.Load(() => new Padded(), _folder.Path, mapping: new CheckpointMapping { Optional = ["table.weight"] });
        using var table = read.table.weight!.detach();

        Assert.Equal(0, table[2].abs().sum().item<float>());
        Assert.InRange(table.std().item<float>(), 0.7f, 1.3f);
        Assert.Equal(0, read.table.forward(tensor(2L)).abs().sum().item<float>());
    }

    [Fact]
    public void A_layer_that_was_made_elsewhere_is_made_whole_and_listed()
    {
        var elsewhere = typeof(nn).GetMethod("Linear", [typeof(long), typeof(long), typeof(bool), typeof(Device), typeof(ScalarType?)])!;
        Holder Build() => new((Linear)elsewhere.Invoke(null, [4L, 3L, true, null, null])!);
        using var written = Write(Build);
        using var read = Checkpoint.Load(Build, _folder.Path, out var report);

        Assert.Equal(["layer"], report.MadeWhole);
        Same(written, read);
    }

    [Fact]
    public void A_constructor_that_needs_values_is_refused()
    {
        using var written = Write(() => new Reader());
        var refused = Assert.Throws<InvalidOperationException>(() => Checkpoint.Load(() => new Scaled(), _folder.Path));
        Assert.StartsWith("Scaled can't be built without weights, since LoraGen.Runtime.Tests.Checkpoints.Scaled..ctor()", refused.Message);
        Assert.EndsWith("Create the model with weights and load it with LoadCheckpoint.", refused.Message);
    }

    [Fact]
    public void Attaching_before_there_are_values_is_refused()
    {
        using var written = Write(() => new Reader());
        var refused = Assert.Throws<InvalidOperationException>(() => Checkpoint.Load(
            () =>
            {
                var model = new Reader();
                using var lora = model.AttachLora();
                return model;
            },
            _folder.Path));
        Assert.Contains("the layer's weight is on META and has no values", refused.Message);
    }

    private TModel Write<TModel>(Func<TModel> build)
        where TModel : nn.Module
    {
        var model = build();
        SafetensorsWriter.Write(_folder["model.safetensors"], State(model));
        return model;
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> State(nn.Module model) =>
        model.state_dict().Select(entry => KeyValuePair.Create(entry.Key, entry.Value));

    private static void Same(nn.Module expected, nn.Module actual)
    {
        Assert.Equal(expected.state_dict().Keys, actual.state_dict().Keys);
        foreach (var (name, value) in expected.state_dict())
            Expect.SameBits(value, actual.state_dict()[name], name);
    }
}

/// <summary>Layers of each kind, a tied head, a norm and a buffer.</summary>
[Lora(Rank = 2, Targets = ["new_head"])]
internal sealed class Reader : Module<Tensor, Tensor>
{
    public readonly Embedding table = Embedding(7, 4);
    public readonly Conv1d conv = Conv1d(4, 2, 3);
    public readonly LayerNorm norm = LayerNorm(4);
    public readonly Linear head;
    public readonly Linear new_head = Linear(4, 2);

    public Reader()
        : base(nameof(Reader))
    {
        head = Linear(4, 7, hasBias: false);
        head.weight = table.weight!;
        RegisterComponents();
        register_buffer("positions", arange(5, dtype: ScalarType.Float32) * 0.5);
        foreach (var module in modules().OfType<Linear>().Where(module => module.bias is not null))
            init.zeros_(module.bias!);
    }

    public override Tensor forward(Tensor ids) => head.forward(norm.forward(table.forward(ids)));
}

internal sealed class Padded : Module<Tensor, Tensor>
{
    public readonly Embedding table = Embedding(40, 8, padding_idx: 2);
    private readonly Linear fc = Linear(3, 3, hasBias: false);

    public Padded()
        : base(nameof(Padded)) => RegisterComponents();

    public override Tensor forward(Tensor ids) => fc.forward(table.forward(ids));
}

internal sealed class Holder : Module<Tensor, Tensor>
{
    private readonly Linear layer;

    public Holder(Linear layer)
        : base(nameof(Holder))
    {
        this.layer = layer;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => layer.forward(input);
}

internal sealed class Scaled : Module<Tensor, Tensor>
{
    private readonly Linear layer = Linear(4, 4);
    private readonly float scale;

    public Scaled()
        : base(nameof(Scaled))
    {
        RegisterComponents();
        scale = layer.weight.abs().max().item<float>();
    }

    public override Tensor forward(Tensor input) => layer.forward(input) / scale;
}
