using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Checkpoints;

/// <summary>The names and layouts of a saved checkpoint.</summary>
public sealed class SaveNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder["out"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Members_have_their_own_names_and_a_captured_parameter_too()
    {
        using var model = Make.Model(() => new Named(Linear(4, 4)));
        Assert.Contains("<proj>P.weight", model.state_dict().Keys);

        model.SaveCheckpoint(Out);
        Assert.Equal(["Head.bias", "Head.weight", "inner.Deep.bias", "inner.Deep.weight", "proj.bias", "proj.weight"], Names());
        using var registered = Make.Model(() => new Named(Linear(4, 4)), seed: 2);
        registered.LoadCheckpoint(Out);
        Assert.Equal(ModelState.Of(model), ModelState.Of(registered));

        // Files with the registered names are read too.
        SafetensorsWriter.Write(_folder["registered.safetensors"], registered.state_dict());
        using var third = Make.Model(() => new Named(Linear(4, 4)), seed: 3);
        third.LoadCheckpoint(_folder["registered.safetensors"]);
        Assert.Equal(ModelState.Of(model), ModelState.Of(third));
    }

    [Fact]
    public void Names_that_would_be_equal_stay_as_they_are_registered()
    {
        using var model = Make.Model(() => new Colliding());
        model.SaveCheckpoint(Out);
        Assert.Equal(["<Head>k__BackingField.weight", "Head.weight"], Names());

        using var loaded = Make.Model(() => new Colliding(), seed: 2);
        loaded.LoadCheckpoint(Out);
        Assert.Equal(ModelState.Of(model), ModelState.Of(loaded));
        using var read = Checkpoint.Load(() => new Colliding(), Out);
        Assert.Equal(ModelState.Of(model), ModelState.Of(read));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_tied_weight_is_saved_once_as_the_embeddings(bool headFirst)
    {
        using var model = Make.Model(() => new Tied(headFirst));
        model.SaveCheckpoint(Out);
        Assert.Equal(["embed.weight"], Names());

        using var loaded = Make.Model(() => new Tied(headFirst), seed: 2);
        loaded.LoadCheckpoint(Out);
        Assert.Equal(ModelState.Of(model), ModelState.Of(loaded));
    }

    [Fact]
    public void With_the_original_the_names_are_those_of_its_file()
    {
        Original(
            ("transformer.ln.gamma", [4]), ("transformer.ln.beta", [4]), ("transformer.c_fc.weight", [4, 6]), ("transformer.c_fc.bias", [6]),
            ("head.weight", [2, 6]));
        var mapping = new CheckpointMapping
        {
            Prefix = "transformer.", Renames = [new("gamma", "weight"), new("beta", "bias")], Transposed = ["c_fc.weight"], Optional = ["extra.*"],
        };
        using var model = Make.Model(() => new Gpt());
        model.LoadCheckpoint(_folder["original"], mapping);

        model.SaveCheckpoint(Out, original: _folder["original"], mapping: mapping);
        using (var before = SafetensorsFile.Open(Path.Combine(_folder["original"], "model.safetensors")))
        using (var after = SafetensorsCheckpoint.Open(Out))
        {
            Assert.Equal(before.Tensors.Select(tensor => tensor.Name).Append("extra.weight").Order(StringComparer.Ordinal), Names());
            foreach (var tensor in before.Tensors)
                Expect.SameBits(before.Read(tensor.Name), after.Read(tensor.Name), tensor.Name);
        }

        using var loaded = Make.Model(() => new Gpt(), seed: 2);
        Assert.Empty(loaded.LoadCheckpoint(Out, mapping).Kept);
        Assert.Equal(ModelState.Of(model), ModelState.Of(loaded));
    }

    [Fact]
    public void Without_the_original_the_mapping_is_undone()
    {
        var mapping = new CheckpointMapping { Prefix = "model.", Renames = [new("layer", "block"), new("block_norm", "ln")], Transposed = ["c_fc.weight"] };
        using var model = Make.Model(() => new Gpt());
        model.SaveCheckpoint(Out, mapping: mapping);
        Assert.Equal(
            ["model.c_fc.bias", "model.c_fc.weight", "model.extra.weight", "model.head.weight", "model.layer_norm.bias", "model.layer_norm.weight"], Names());
        using (var file = SafetensorsCheckpoint.Open(Out))
            Assert.Equal([4, 6], file["model.c_fc.weight"].Shape);

        using var loaded = Make.Model(() => new Gpt(), seed: 2);
        loaded.LoadCheckpoint(Out, mapping);
        Assert.Equal(ModelState.Of(model), ModelState.Of(loaded));
    }

    [Fact]
    public void What_has_no_way_back_is_named_and_nothing_is_written()
    {
        using var model = Make.Model(() => new Gpt());
        var removed = Refused(new CheckpointMapping { Renames = [new("_orig_mod.", "")] });
        Assert.Contains("\n- the mapping has no way back for ln.weight: ", removed, StringComparison.Ordinal);
        Assert.Contains("\n- the mapping has no way back for extra.weight: ", removed, StringComparison.Ordinal);

        // No tensor of a checkpoint gets the name "head.weight".
        var chained = Refused(new CheckpointMapping { Renames = [new("head", "tail")] });
        Assert.Contains("\n- the mapping has no way back for head.weight: ", chained, StringComparison.Ordinal);
        Assert.DoesNotContain("extra.weight", chained, StringComparison.Ordinal);
        var misspelt = Refused(new CheckpointMapping { Transposed = ["c_cf.weight"] });
        Assert.Contains("\n- Transposed \"c_cf.weight\" matches no weight", misspelt, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));

        string Refused(CheckpointMapping mapping) => Assert.Throws<ArgumentException>(() => model.SaveCheckpoint(Out, mapping: mapping)).Message;
    }

    [Fact]
    public void Another_models_original_is_refused()
    {
        Original(("ln.weight", [4]), ("ln.bias", [5]));
        using var model = Make.Model(() => new Gpt());
        var error = Assert.Throws<InvalidDataException>(() => model.SaveCheckpoint(Out, original: _folder["original"]));
        Assert.Contains("does not fit Gpt; nothing was saved", error.Message, StringComparison.Ordinal);
        Assert.Contains("\n- ln.bias is [4] in the model, but [5] in the checkpoint", error.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => model.SaveCheckpoint(Out, original: _folder["nothing"]));
        Assert.False(Directory.Exists(Out));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_copy_is_left_out_while_it_equals_its_source(bool trained)
    {
        Original(("embed.weight", [10, 4]));
        var mapping = new CheckpointMapping { Copies = [new("head.weight", "embed.weight")] };
        using var model = Make.Model(() => new Untied());
        model.LoadCheckpoint(_folder["original"], mapping);
        if (trained)
        {
            using var noGrad = no_grad();
            model.Head.weight!.add_(1);
        }

        string[] expected = trained ? ["embed.weight", "head.weight"] : ["embed.weight"];
        model.SaveCheckpoint(Out, mapping: mapping);
        Assert.Equal(expected, Names());
        model.SaveCheckpoint(Out, original: _folder["original"], mapping: mapping);
        Assert.Equal(expected, Names());
        using var loaded = Make.Model(() => new Untied(), seed: 2);
        loaded.LoadCheckpoint(Out, mapping);
        Assert.Equal(ModelState.Of(model), ModelState.Of(loaded));
    }

    private IEnumerable<string> Names()
    {
        using var checkpoint = SafetensorsCheckpoint.Open(Out);
        Assert.Equal("pt", checkpoint.Files[0].Metadata["format"]);
        return [.. checkpoint.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal)];
    }

    private void Original(params (string Name, long[] Shape)[] tensors)
    {
        Directory.CreateDirectory(_folder["original"]);
        SafetensorsWriter.Write(
            Path.Combine(_folder["original"], "model.safetensors"),
            tensors.Select((entry, i) => KeyValuePair.Create(entry.Name, Make.Normal(50 + i, entry.Shape))).ToList());
    }

    private sealed class Named(Linear proj) : CapturedModule(nameof(Named))
    {
        private readonly Deeper inner = new();

        private Linear Head { get; } = Linear(4, 4);

        public override Tensor forward(Tensor input) => Head.forward(inner.forward(proj.forward(input)));
    }

    // Registers when it is first asked, since a primary constructor has no body.
    private abstract class CapturedModule(string name) : Module<Tensor, Tensor>(name)
    {
        public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
        {
            if (!named_children().Any())
                RegisterComponents();
            return base.state_dict(destination, prefix);
        }
    }

    private sealed class Deeper : Module<Tensor, Tensor>
    {
        public Deeper()
            : base(nameof(Deeper)) => RegisterComponents();

        private Linear Deep { get; } = Linear(4, 4);

        public override Tensor forward(Tensor input) => Deep.forward(input);
    }

    private sealed class Colliding : Module<Tensor, Tensor>
    {
        public Colliding()
            : base(nameof(Colliding))
        {
            register_module("Head", Linear(4, 2, hasBias: false));
            RegisterComponents();
        }

        private Linear Head { get; } = Linear(4, 2, hasBias: false);

        public override Tensor forward(Tensor input) => Head.forward(input);
    }

    private sealed class Tied : Module<Tensor, Tensor>
    {
        private readonly Embedding embed = Embedding(10, 4);
        private readonly Linear head = Linear(4, 10, hasBias: false);

        public Tied(bool headFirst)
            : base(nameof(Tied))
        {
            head.weight = embed.weight!;
            foreach (var (name, module) in headFirst ? new (string, nn.Module)[] { ("head", head), ("embed", embed) } : [("embed", embed), ("head", head)])
                register_module(name, module);
        }

        public override Tensor forward(Tensor input) => head.forward(embed.forward(input));
    }

    private sealed class Untied : Module<Tensor, Tensor>
    {
        private readonly Embedding embed = Embedding(10, 4);
        private readonly Linear head = Linear(4, 10, hasBias: false);

        public Untied()
            : base(nameof(Untied)) => RegisterComponents();

        public Linear Head => head;

        public override Tensor forward(Tensor input) => head.forward(embed.forward(input));
    }

    private sealed class Gpt : Module<Tensor, Tensor>
    {
        private readonly LayerNorm ln = LayerNorm(4);
        private readonly Linear c_fc = Linear(4, 6);
        private readonly Linear head = Linear(6, 2, hasBias: false);
        private readonly Linear extra = Linear(6, 2, hasBias: false);

        public Gpt()
            : base(nameof(Gpt)) => RegisterComponents();

        public override Tensor forward(Tensor input) => head.forward(c_fc.forward(ln.forward(input)));
    }
}
