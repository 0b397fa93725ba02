using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>The blocks of a model, and what is refused.</summary>
public sealed class BAdamBlockTests
{
    private readonly Tower _model = Make.Model(() => new Tower());

    [Fact]
    public void Each_item_of_a_list_is_a_block_and_each_module_beside_it()
    {
        using var optimizer = new BAdam(_model);
        Assert.Equal(["Tower: 1", "tokens: 1", "layers.0: 2", "layers.1: 2", "layers.2: 2", "norm: 2", "head: 1"], Blocks(optimizer));
    }

    [Fact]
    public void Nested_models_are_divided_where_their_lists_are()
    {
        using var model = new Wrapper(Make.Model(() => new Tower()));
        using var optimizer = new BAdam(model);
        Assert.Equal(
            ["inner: 1", "inner.tokens: 1", "inner.layers.0: 2", "inner.layers.1: 2", "inner.layers.2: 2", "inner.norm: 2", "inner.head: 1", "last: 4"],
            Blocks(optimizer));
    }

    [Fact]
    public void A_Sequential_is_a_list_in_a_model_without_one()
    {
        using var model = Sequential(("in", Linear(2, 3)), ("act", Tanh()), ("out", Linear(3, 2)));
        using var optimizer = new BAdam(model);
        Assert.Equal(["in: 2", "out: 2"], Blocks(optimizer));
    }

    [Fact]
    public void Each_entry_of_a_ModuleDict_is_a_block()
    {
        using var model = new Named(
            ModuleDict(("heads", (Module)ModuleDict(("a", Linear(2, 3)), ("b", Linear(3, 2)))), ("last", ModuleList(Linear(2, 2), Linear(2, 2)))));
        using var optimizer = new BAdam(model);
        Assert.Equal(["parts.heads.a: 2", "parts.heads.b: 2", "parts.last.0: 2", "parts.last.1: 2"], Blocks(optimizer));
    }

    [Fact]
    public void A_ModuleDict_around_a_list_is_divided_by_the_list()
    {
        using var model = new Named(ModuleDict(("words", (Module)Linear(2, 3)), ("layers", ModuleList(Linear(3, 3), Linear(3, 3)))));
        using var optimizer = new BAdam(model);
        Assert.Equal(["parts.words: 2", "parts.layers.0: 2", "parts.layers.1: 2"], Blocks(optimizer));
    }

    [Fact]
    public void A_model_without_lists_has_a_block_for_each_child()
    {
        using var model = Make.Model(() => new Perceptron());
        using var optimizer = new BAdam(model);
        Assert.Equal(["up: 2", "down: 2"], Blocks(optimizer));
    }

    [Fact]
    public void A_single_layer_is_one_block()
    {
        using var layer = Linear(3, 4);
        using var optimizer = new BAdam(layer);
        Assert.Equal(["Linear: 2"], Blocks(optimizer));
    }

    [Fact]
    public void Frozen_parameters_are_in_no_block()
    {
        foreach (var parameter in _model.Layers[1].parameters().Append(_model.Layers[0].bias!))
            parameter.requires_grad = false;
        using var optimizer = new BAdam(_model);
        Assert.Equal(["Tower: 1", "tokens: 1", "layers.0: 1", "layers.2: 2", "norm: 2", "head: 1"], Blocks(optimizer));
    }

    [Fact]
    public void Blocks_can_be_given_as_paths()
    {
        using var optimizer = new BAdam(_model, blocks: [["tokens", "head.bias"], ["layers.0", "layers.2"], ["layers.1", "norm", "scale"]]);
        Assert.Equal(["tokens, head.bias: 2", "layers.0, layers.2: 4", "layers.1, norm, scale: 5"], Blocks(optimizer));
    }

    [Fact]
    public void A_shared_parameter_has_the_block_of_any_of_its_paths()
    {
        using var optimizer = new BAdam(_model, blocks: [["head"], ["layers", "norm", "scale"]]);
        Assert.Equal(["head: 2", "layers, norm, scale: 9"], Blocks(optimizer));
    }

    [Fact]
    public void Wrong_paths_are_reported_together()
    {
        var error = Assert.Throws<ArgumentException>(() => new BAdam(_model, blocks: [["tokens", "layer.0"], ["layers", "head.weight", "norm"]]));
        Assert.Contains("\"layer.0\" matches no trainable parameter; the closest paths are layers.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("scale is in no block", error.Message, StringComparison.Ordinal);
        Assert.Contains("tokens.weight is in the blocks 0 and 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("head.bias is in no block", error.Message, StringComparison.Ordinal);
        Assert.All(_model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_block_that_is_added_is_the_last_of_the_pass()
    {
        using var layer = Linear(2, 2);
        layer.bias!.requires_grad = false;
        using (var optimizer = new BAdam(_model, interval: 1, order: BAdamOrder.Descending))
        {
            optimizer.add_param_group(new BAdamBlock("new", layer.parameters(), learningRate: 0.5));
            Assert.All(layer.parameters(), parameter => Assert.False(parameter.requires_grad));
            for (var step = 0; step < 7; step++)
                optimizer.step();
            Assert.Equal(("new", 0.5), (optimizer.ActiveBlock.Name, optimizer.ActiveBlock.LearningRate));
            Assert.All(layer.parameters(), parameter => Assert.True(parameter.requires_grad));
            optimizer.step();
            Assert.Equal("new", optimizer.ActiveBlock.Name);
        }

        Assert.Equal([true, false], layer.parameters().Select(parameter => parameter.requires_grad));
    }

    [Fact]
    public void A_group_of_another_kind_is_refused()
    {
        using var layer = Linear(2, 2);
        using var optimizer = new BAdam(_model);
        var error = Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new AdamW.ParamGroup(layer.parameters())));
        Assert.Contains("new BAdamBlock(name, parameters)", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new BAdamBlock("again", optimizer.Blocks[0].Parameters)));
        Assert.Contains("in two groups", error.Message, StringComparison.Ordinal);
        Assert.Equal(7, optimizer.Blocks.Count);
    }

    [Fact]
    public void An_adapter_excludes_it()
    {
        using var model = Make.Model(() => new Perceptron());
        var lora = model.AttachLora();
        var error = Assert.Throws<InvalidOperationException>(() => new BAdam(model));
        Assert.Contains("Adapter \"default\" is attached", error.Message, StringComparison.Ordinal);

        lora.Dispose();
        using var optimizer = new BAdam(model);
        using var later = model.AttachLora();
        Assert.Throws<InvalidOperationException>(() => optimizer.step());
        optimizer.Dispose();
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void Options_and_models_that_make_no_sense_are_refused()
    {
        Assert.Equal("interval", Assert.Throws<ArgumentOutOfRangeException>(() => new BAdam(_model, interval: 0)).ParamName);
        Assert.Equal("order", Assert.Throws<ArgumentOutOfRangeException>(() => new BAdam(_model, order: (BAdamOrder)7)).ParamName);
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new BAdam(_model, learningRate: -1)).ParamName);
        foreach (var parameter in _model.parameters())
            parameter.requires_grad = false;
        var error = Assert.Throws<ArgumentException>(() => new BAdam(_model));
        Assert.Contains("Tower has no parameter that requires a gradient", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Blocks(BAdam optimizer) => optimizer.Blocks.Select(block => $"{block.Name}: {block.Parameters.Count()}");

    private sealed class Wrapper : Module<Tensor, Tensor>
    {
        private readonly Tower inner;
        private readonly Sequential last;

        public Wrapper(Tower tower)
            : base(nameof(Wrapper))
        {
            inner = tower;
            last = Sequential(Linear(7, 3), Linear(3, 3));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => last.forward(inner.forward(input));
    }

    private sealed class Named : Module
    {
        private readonly ModuleDict<Module> parts;

        public Named(ModuleDict<Module> parts)
            : base(nameof(Named))
        {
            this.parts = parts;
            RegisterComponents();
        }
    }
}
