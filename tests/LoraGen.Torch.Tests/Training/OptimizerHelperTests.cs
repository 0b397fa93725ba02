using TorchSharp.Modules;

namespace LoraGen.Torch.Tests.Training;

/// <summary>What an optimizer inherits from TorchSharp.</summary>
public sealed class OptimizerHelperTests
{
    [Semantics(
        "OptimizerHelper.new", "OptimizerHelper._step", "OptimizerHelper.zero_grad", "OptimizerHelper.state_dict", "Optimizer.add_param_group",
        "OptimizerState.new", "OrderedDict.set_Item", "ParamGroup.new", "ParamGroup.set_Options", "ParamGroup.set_Parameters", "OptimizerOptions.new",
        "OptimizerOptions.set_LearningRate", "OptimizerOptions.set_InitialLearningRate")]
    [Fact]
    public void It_steps_by_groups_without_gradients_and_in_a_scope()
    {
        var (one, two) = (new Parameter(full(2, 5.0)), new Parameter(full(2, 7.0)));
        using var optimizer = new Descent();
        optim.Optimizer same = optimizer;
        same.add_param_group(optimizer.Group(0.5, one));
        same.add_param_group(optimizer.Group(2, two));
        (one.grad, two.grad) = (ones(2), ones(2));

        var loss = same.step(() =>
        {
            Assert.True(is_grad_enabled());
            return full(1, 3.0);
        });

        ExpectNumbers.Same(Numbers.Of([2], _ => 4.5), one);
        ExpectNumbers.Same(Numbers.Of([2], _ => 5), two);
        ExpectNumbers.Same(Numbers.Of([1], _ => 3), loss);
        Assert.True(optimizer.Change!.IsInvalid);
        Assert.Equal([0.5, 2], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([0.25, 1], optimizer.ParamGroups.Select(group => group.InitialLearningRate));

        same.zero_grad();
        ExpectNumbers.Same(Numbers.Of([2], _ => 0), one.grad!);
        var states = optimizer.state_dict();
        Assert.Equal(2, states.Options.Count);
        Assert.Equal([one.Handle, two.Handle], states.State.Cast<Descent.State>().Select(state => state.Parameter.Handle));
    }

    [Semantics("OptimizerOptions.SaveStateDict", "OptimizerOptions.LoadStateDict")]
    [Fact]
    public void Options_are_saved_and_loaded_by_value()
    {
        var options = new OptimizerOptions { LearningRate = 0.3, InitialLearningRate = 0.7 };
        using var memory = new MemoryStream();
        options.SaveStateDict(new BinaryWriter(memory));
        memory.Position = 0;
        var loaded = new OptimizerOptions();
        loaded.LoadStateDict(new BinaryReader(memory));
        var copied = new OptimizerOptions();
        copied.LoadStateDict(options);

        Assert.Equal(memory.Length, memory.Position);
        Assert.Equal((0.3, 0.7), (loaded.LearningRate, loaded.InitialLearningRate));
        Assert.Equal((0.3, 0.7), (copied.LearningRate, copied.InitialLearningRate));
    }

    [Semantics("TensorExtensionMethods.Save", "TensorExtensionMethods.Load")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void A_saved_tensor_is_loaded_into_one_of_its_shape_and_type(ScalarType type)
    {
        var tensor = Numbers.Some(1, 2, 3).ToTensor(type);
        using var memory = new MemoryStream();
        tensor.Save(new BinaryWriter(memory));
        var loaded = zeros([2, 3], type);
        loaded.Load(Rewound());
        ExpectNumbers.Same(Numbers.Of(tensor), loaded);
        Assert.Equal(memory.Length, memory.Position);

        Assert.Throws<ArgumentException>(() => zeros([3, 2], type).Load(Rewound()));
        Assert.Throws<ArgumentException>(() => zeros([2, 3], ScalarType.Int64).Load(Rewound()));

        BinaryReader Rewound()
        {
            memory.Position = 0;
            return new BinaryReader(memory);
        }
    }

    private sealed class Descent : OptimizerHelper
    {
        public Descent() => _parameter_groups = [];

        public Tensor? Change { get; private set; }

        public ParamGroup Group(double rate, Parameter parameter)
        {
            _state[parameter.Handle] = new State(parameter);
            var options = new OptimizerOptions { LearningRate = rate, InitialLearningRate = rate / 2 };
            return new ParamGroup { Parameters = [parameter], Options = options };
        }

        public override Tensor step(Func<Tensor>? closure = null)
        {
            return _step<ParamGroup>(
                group =>
                {
                    Assert.False(is_grad_enabled());
                    foreach (var parameter in group.Parameters)
                        parameter.add_(Change = parameter.grad! * -group.LearningRate);
                },
                closure);
        }

        public override void zero_grad() => base.zero_grad();

        public override StateDictionary state_dict() => base.state_dict();

        public sealed class State(Parameter parameter) : OptimizerState(parameter)
        {
            public Parameter Parameter => _parameter;

            public override void Initialize(OptimizerOptions options) => throw new NotSupportedException();

            public override void LoadStateDict(BinaryReader reader) => throw new NotSupportedException();

            public override void LoadStateDict(OptimizerState source) => throw new NotSupportedException();

            public override void SaveStateDict(BinaryWriter writer) => throw new NotSupportedException();
        }
    }
}
