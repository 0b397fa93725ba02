using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Base weights from the files of other tools.</summary>
public sealed class BaseCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_PEFTs_goldens_is_loaded_by_name()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Goldens", "toy_lora", "base.safetensors");
        using var model = Make.Model(() => new Toy());
        var report = model.LoadCheckpoint(path);

        using var file = SafetensorsFile.Open(path);
        Assert.Equal(model.state_dict().Keys, report.Loaded);
        foreach (var (name, tensor) in model.state_dict())
            Expect.SameBits(file.Read(name), tensor, name);
    }

    [Fact]
    public void Names_are_stripped_renamed_and_cleaned_and_types_converted()
    {
        var weight = Make.Normal(1, 4, 6).cpu();
        Write(("model.head.gamma", weight.to(ScalarType.BFloat16)), ("model.head.beta", zeros(4)), ("position_ids", arange(3)));
        using var model = Make.Model(() => new WithProperty());

        var report = model.LoadCheckpoint(_folder["model.safetensors"], new CheckpointMapping
        {
            Prefix = "model.",
            Renames = [new("head", "Head"), new("gamma", "weight"), new("beta", "bias")],
            Ignored = ["position_ids"],
        });
        Assert.Equal("2 loaded, 0 kept, 1 ignored", report.ToString());
        Expect.SameBits(weight.to(ScalarType.BFloat16).to(ScalarType.Float32), model.Head.weight.cpu());
    }

    [Fact]
    public void Weights_of_GPT2s_Conv1D_are_turned()
    {
        var weight = Make.Normal(1, 6, 4).cpu();
        Write(("Head.weight", weight), ("Head.bias", ones(4)));
        using var model = Make.Model(() => new WithProperty());

        model.LoadCheckpoint(_folder.Path, new CheckpointMapping { Transposed = ["Head.weight"] });
        Expect.SameBits(weight.t(), model.Head.weight.cpu());
    }

    // A square weight would be loaded without transposing it, and without an error.
    [Fact]
    public void A_misspelt_transposition_is_refused()
    {
        Write(("Head.weight", Make.Normal(1, 4, 6).cpu()), ("Head.bias", ones(4)));
        using var model = Make.Model(() => new WithProperty());
        var before = ModelState.Of(model);

        var error = Assert.Throws<InvalidDataException>(
            () => model.LoadCheckpoint(_folder.Path, new CheckpointMapping { Transposed = ["Haed.weight"] }));
        Assert.Contains("2 tensors in 1 file does not fit", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("\n- Transposed \"Haed.weight\" matches no weight of the model; nearest: Head.weight", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Of_tied_weights_one_is_enough()
    {
        var embedding = Make.Normal(1, 10, 4).cpu();
        Write(("embed.weight", embedding));
        using var model = Make.Model(() => new Tied());

        Assert.Equal(["embed.weight", "head.weight"], model.LoadCheckpoint(_folder.Path).Loaded.Order(StringComparer.Ordinal));
        Expect.SameBits(embedding, model.Head.weight!.cpu());
    }

    [Fact]
    public void Where_the_model_does_not_tie_a_copy_is_named()
    {
        var embedding = Make.Normal(1, 10, 4).cpu();
        Write(("embed.weight", embedding));
        using var model = Make.Model(() => new Tied(isTied: false));

        var fault = Assert.Throws<InvalidDataException>(() => model.LoadCheckpoint(_folder.Path));
        Assert.Contains("\n- head.weight [10, 4] is missing in the checkpoint; nearest: embed.weight", fault.Message, StringComparison.Ordinal);

        model.LoadCheckpoint(_folder.Path, new CheckpointMapping { Copies = [new("head.weight", "embed.weight")] });
        Expect.SameBits(embedding, model.Head.weight!.cpu());
    }

    [Fact]
    public void What_is_optional_keeps_its_values()
    {
        Write(("embed.weight", zeros(10, 4)));
        using var model = Make.Model(() => new Tied(isTied: false));
        var before = Expect.Bytes(model.Head.weight!);

        Assert.Equal(["head.weight"], model.LoadCheckpoint(_folder.Path, new CheckpointMapping { Optional = ["head.*"] }).Kept);
        Assert.Equal(before, Expect.Bytes(model.Head.weight!));
    }

    [Fact]
    public void All_contradictions_are_listed_and_nothing_is_changed()
    {
        Write(("Head.weight", zeros(6, 4)), ("Head.gain", ones(4)), ("other.scale", ones(1)));
        using var model = Make.Model(() => new WithProperty());
        var before = ModelState.Of(model);

        var fault = Assert.Throws<InvalidDataException>(() => model.LoadCheckpoint(_folder.Path)).Message;
        Assert.Contains("does not fit WithProperty; nothing was loaded", fault, StringComparison.Ordinal);
        Assert.Contains("\n- Head.weight is [4, 6] in the model, but [6, 4] in the checkpoint", fault, StringComparison.Ordinal);
        Assert.Contains("\n- Head.bias [4] is missing in the checkpoint; nearest: Head.gain", fault, StringComparison.Ordinal);
        Assert.Contains("\n- the checkpoint's other.scale is unexpected", fault, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Two_tensors_for_one_name()
    {
        Write(("a.Head.weight", zeros(4, 6)), ("Head.weight", zeros(4, 6)), ("Head.bias", zeros(4)));
        using var model = Make.Model(() => new WithProperty());

        var fault = Assert.Throws<InvalidDataException>(() => model.LoadCheckpoint(_folder.Path, new CheckpointMapping { Prefix = "a." }));
        Assert.Contains("Head.weight is given twice", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_be_loaded_beside_an_adapter_but_not_under_a_merged_one()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Goldens", "toy_lora", "base.safetensors");
        using var model = Make.Model(() => new Toy());
        using var lora = model.AttachLora();
        model.LoadCheckpoint(path);
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));

        lora.Merge();
        Assert.Contains("Unmerge() first", Assert.Throws<InvalidOperationException>(() => model.LoadCheckpoint(path)).Message, StringComparison.Ordinal);
    }

    private void Write(params (string Name, Tensor Tensor)[] tensors)
    {
        SafetensorsWriter.Write(_folder["model.safetensors"], tensors.Select(entry => KeyValuePair.Create(entry.Name, entry.Tensor)));
    }

    private sealed class WithProperty : Module<Tensor, Tensor>
    {
        public WithProperty()
            : base(nameof(WithProperty)) => RegisterComponents();

        public Linear Head { get; } = Linear(6, 4);

        public override Tensor forward(Tensor input) => Head.forward(input);
    }

    private sealed class Tied : Module<Tensor, Tensor>
    {
        private readonly Embedding embed = Embedding(10, 4);
        private readonly Linear head = Linear(4, 10, hasBias: false);

        public Tied(bool isTied = true)
            : base(nameof(Tied))
        {
            if (isTied)
                head.weight = embed.weight!;
            RegisterComponents();
        }

        public Linear Head => head;

        public override Tensor forward(Tensor input) => head.forward(embed.forward(input));
    }
}
