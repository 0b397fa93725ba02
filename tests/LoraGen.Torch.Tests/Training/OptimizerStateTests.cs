using TorchSharp.Modules;

namespace LoraGen.Torch.Tests.Training;

/// <summary>Optimizers that contain another one, their groups, and their saved state.</summary>
public sealed class OptimizerStateTests
{
    [Semantics("ParamGroup.new", "Options.new", "OptimizerOptions.set_LearningRate", "Optimizer.add_param_group", "Optimizer.parameters")]
    [Fact]
    public void Each_group_has_its_own_rate_and_decay()
    {
        Parameter[] parameters = [new(ones(2)), new(ones(2)), new(ones(2))];
        using optim.Optimizer optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup([parameters[0]], new AdamW.Options { LearningRate = 0.1, weight_decay = 0 }),
                new AdamW.ParamGroup([parameters[1]], new AdamW.Options { LearningRate = 0.2 }),
            ],
            lr: 0.3,
            weight_decay: 0.5);
        optimizer.add_param_group(new AdamW.ParamGroup([parameters[2]], new AdamW.Options { LearningRate = 0.3 }));
        Assert.Equal(parameters.Select(parameter => parameter.Handle), optimizer.parameters().Select(parameter => parameter.Handle));
        Assert.Equal([0.1, 0.2, 0.3], optimizer.ParamGroups.Select(group => group.LearningRate));

        foreach (var parameter in parameters)
            parameter.grad = ones(2);
        optimizer.step();

        // The first step of Adam has the length of the learning rate.
        ExpectNumbers.Close(Numbers.Of([2], _ => 1 - 0.1), parameters[0], 1e-6);
        ExpectNumbers.Close(Numbers.Of([2], _ => 1 - (0.2 * 0.5) - 0.2), parameters[1], 1e-6);
        ExpectNumbers.Close(Numbers.Of([2], _ => 1 - (0.3 * 0.5) - 0.3), parameters[2], 1e-6);
    }

    [Semantics(
        "OptimizerHelper.new", "OptimizerHelper.state_dict", "OptimizerOptions.new", "OptimizerState.new", "OptimizerState.SaveStateDict",
        "OptimizerState.LoadStateDict", "OrderedDict.set_Item")]
    [Fact]
    public void A_state_with_entries_of_ones_own_is_saved_and_loaded()
    {
        using var stream = new MemoryStream();
        using (var saved = new Counting { Count = 7 })
            saved.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        using var loaded = new Counting();
        loaded.load_state_dict(new BinaryReader(stream));
        Assert.Equal(7, loaded.Count);
        Assert.Single(loaded.state_dict().State.OfType<Counting.Counted>());
        loaded.to(CPU);
    }

    [Semantics("TensorExtensionMethods.Save", "TensorExtensionMethods.Load")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void A_written_tensor_is_read_again(ScalarType type)
    {
        var written = Numbers.Some(1, 2, 3).ToTensor(type);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        written.Save(writer);
        writer.Flush();
        stream.Position = 0;
        var read = TensorExtensionMethods.Load(new BinaryReader(stream));
        Assert.Equal((type, 2), (read.dtype, read.ndim));
        ExpectNumbers.Same(Numbers.Of(written), read);
    }

    /// <summary>SGD with a number in its state.</summary>
    private sealed class Counting : OptimizerHelper
    {
        private readonly Parameter _parameter = new(ones(2));
        private readonly OptimizerHelper _inner;
        private readonly Counted _counted = new();

        public Counting()
        {
            _inner = optim.AdamW([_parameter]);
            _parameter_groups = [.. _inner.ParamGroups.OfType<ParamGroup>()];
            _state[_parameter.Handle] = _inner.state_dict().State[0];
        }

        public int Count { get => _counted.Count; set => _counted.Count = value; }

        public override StateDictionary state_dict()
        {
            var state = _inner.state_dict();
            state.Options.Insert(0, new Named());
            state.State.Add(_counted);
            return state;
        }

        private sealed class Named : OptimizerOptions
        {
            public override void SaveStateDict(BinaryWriter writer) => writer.Write("inner");

            public override void LoadStateDict(BinaryReader reader) => Assert.Equal("inner", reader.ReadString());
        }

        public sealed class Counted() : OptimizerState(null!)
        {
            public int Count { get; set; }

            public override void Initialize(OptimizerOptions options) => Count = 0;

            public override void SaveStateDict(BinaryWriter writer) => writer.Write(Count);

            public override void LoadStateDict(BinaryReader reader) => Count = reader.ReadInt32();

            public override void LoadStateDict(OptimizerState source)
            {
                using var copy = new MemoryStream();
                source.SaveStateDict(new BinaryWriter(copy));
                copy.Position = 0;
                OptimizerState own = this;
                own.LoadStateDict(new BinaryReader(copy));
            }
        }
    }
}
