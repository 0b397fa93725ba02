using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>Saved states of optimizers that were cut, or belong to other parameters: the error names the file, what it has and what was expected.</summary>
public sealed class SavedStateTests : IDisposable
{
    private const string Ending = " A part of it may have been loaded: create the optimizer again before using it.";

    private static readonly Dictionary<string, Func<IReadOnlyList<Parameter>, OptimizerHelper>> Makers = new()
    {
        ["MasterWeights over AdamW"] = parameters => new MasterWeights(parameters, masters => optim.AdamW(masters)),
        ["MasterWeights over SGD"] = parameters => new MasterWeights(parameters, masters => optim.SGD(masters, 0.1, momentum: 0.9)),
        ["AdamW8Bit"] = parameters => new AdamW8Bit(parameters),
        ["GaLore"] = parameters => new GaLore(parameters, rank: 1),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Makers.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void A_file_that_was_cut_anywhere_is_named(string name)
    {
        var parameters = Parameters();
        using var optimizer = Makers[name](parameters);
        foreach (var parameter in parameters)
            parameter.grad = ones_like(parameter);
        optimizer.step();
        var path = _folder["state.bin"];
        optimizer.save_state_dict(path);
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            using var other = Makers[name](Parameters());
            var before = StateOf(other);
            var error = Assert.Throws<InvalidDataException>(() => Load(other, path));
            Assert.StartsWith($"\"{path}\": ", error.Message, StringComparison.Ordinal);
            Assert.Matches($"{length} bytes|was cut", error.Message);
            if (error.Message.EndsWith(Ending, StringComparison.Ordinal))
                continue;

            // Only a state that ends before the first entry that is loaded.
            Assert.InRange(length, 0, whole.Length / 2);
            Assert.Equal(before, StateOf(other));
        }

        File.WriteAllBytes(path, whole);
        using var complete = Makers[name](Parameters());
        Load(complete, path);
        Assert.Equal(whole, StateOf(complete));
    }

    [Fact]
    public void The_sizes_of_a_cut_file_and_of_the_state_are_given()
    {
        using var optimizer = Makers["MasterWeights over AdamW"](Parameters());
        var path = _folder["state.bin"];
        optimizer.save_state_dict(path);
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..100]);
        Assert.Equal(
            $"\"{path}\": The saved state has 100 bytes, and that of this optimizer {whole.Length}: it was cut, or saved for other parameters. Use a "
            + "complete state of an optimizer that was created as this one, or begin without a state." + Ending,
            Assert.Throws<InvalidDataException>(() => Load(optimizer, path)).Message);
    }

    [Theory]
    [InlineData("MasterWeights over AdamW", "3 sets of options and 5 of values", "3 sets of options and 3 of values")]
    [InlineData("AdamW8Bit", "1 sets of options and 3 of values", "1 sets of options and 2 of values")]
    public void The_numbers_of_parameters_are_given(string name, string saved, string own)
    {
        using var optimizer = Makers[name]([.. Parameters(), new Parameter(ones(2).to(ScalarType.BFloat16))]);
        var path = _folder["state.bin"];
        optimizer.save_state_dict(path);
        using var other = Makers[name](Parameters());
        Assert.Equal(
            $"\"{path}\": The saved state has {saved}, and this optimizer {own}. Use a complete state of an optimizer that was created as this one, or begin "
            + "without a state.",
            Assert.Throws<InvalidDataException>(() => Load(other, path)).Message);
    }

    // TorchSharp takes a momentum of any shape where the optimizer has none, and masters are only of the second parameter.
    [Theory]
    [InlineData("SGD", 3, 2)]
    [InlineData("SGD", 2, 2)]
    [InlineData("RMSProp", 3, 2)]
    public void Parameters_of_other_shapes_are_named_before_anything_is_loaded(string inner, int rows, int columns)
    {
        var parameters = Parameters();
        using var optimizer = Over(parameters);
        foreach (var parameter in parameters)
            parameter.grad = ones_like(parameter);
        optimizer.step();
        var path = _folder["state.bin"];
        optimizer.save_state_dict(path);
        using var other = Over([new(ones(rows, columns)), parameters[1]]);
        var before = StateOf(other);
        var expected = $"Parameter 0 of the group \"0\" has the shape [2, 3] in the saved state and [{rows}, {columns}] here. Create the optimizer for the "
            + "model of the saved one.";
        Assert.Equal($"\"{path}\": {expected}", Assert.Throws<InvalidDataException>(() => other.load_state_dict(path)).Message);
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => other.load_state_dict(optimizer.state_dict())).Message, StringComparison.Ordinal);
        Assert.Equal(before, StateOf(other));

        MasterWeights Over(Parameter[] trained) => new(
            trained, masters => inner == "SGD" ? optim.SGD(masters, 0.1, momentum: 0.9) : optim.RMSProp(masters, 0.1, momentum: 0.9));
    }

    [Fact]
    public void Groups_of_other_parameters_are_listed()
    {
        using var optimizer = Over(first: 1);
        var path = _folder["state.bin"];
        optimizer.save_state_dict(path);
        using var other = Over(first: 2);
        Assert.Equal(
            $"\"{path}\": The saved groups are [0: 1 parameters; 1: 2 parameters], and those here [0: 2 parameters; 1: 1 parameters]. Create the optimizer "
            + "with the groups of the saved one.",
            Assert.Throws<InvalidDataException>(() => Load(other, path)).Message);

        static MasterWeights Over(int first) => new(
            [new(ones(2)), new(ones(2)), new(ones(2))],
            masters => optim.SGD([new SGD.ParamGroup(masters.Take(first)), new SGD.ParamGroup(masters.Skip(first))], 0.1));
    }

    [Theory, InlineData(0, "[2, 3]"), InlineData(1, "[4]")]
    public void A_replaced_parameter_is_named_with_and_without_a_master(int index, string shape)
    {
        var parameters = Parameters();
        using var optimizer = new MasterWeights(parameters, masters => optim.AdamW(masters));
        var path = _folder["state.bin"];
        optimizer.save_state_dict(path);
        parameters[index].Dispose();
        foreach (var action in (Action[])[() => optimizer.step(), optimizer.Collect, optimizer.zero_grad, () => optimizer.load_state_dict(path)])
        {
            Assert.Equal(
                $"Parameter {index} of shape {shape} was replaced since the optimizer was created, as by model.to(…), or the model is disposed. Create "
                + "MasterWeights after moving or converting the model.",
                Assert.Throws<InvalidOperationException>(action).Message);
        }
    }

    // One without a master, and one with it.
    private static Parameter[] Parameters() => [new(ones(2, 3)), new(ones(4).to(ScalarType.BFloat16))];

    private static byte[] StateOf(OptimizerHelper optimizer)
    {
        using var memory = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(memory));
        return memory.ToArray();
    }

    private static void Load(OptimizerHelper optimizer, string path)
    {
        if (optimizer is MasterWeights masters)
            masters.load_state_dict(path);
        else
            ((AdamOptimizer)optimizer).load_state_dict(path);
    }
}
