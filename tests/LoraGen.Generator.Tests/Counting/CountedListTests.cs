namespace LoraGen.Generator.Tests.Counting;

/// <summary>Ways to gather modules before a container is made of them, and containers by name: each against the model.</summary>
public sealed class CountedListTests
{
    [Theory]
    [InlineData("var layers = new List<Module<Tensor, Tensor>>(); layers.Add(Linear(1, 2)); for (var i = 0; i < 2; i++) layers.Add(new Block(i + 1)); third = Sequential(layers.ToArray());")]
    [InlineData("List<Module<Tensor, Tensor>> layers = [Linear(1, 2), ReLU()]; layers.AddRange(new Module<Tensor, Tensor>[] { new Block(3) }); third = Sequential(layers);")]
    [InlineData("var layers = new List<Block>(4) ; layers.Add(new Block(2)); register_module(\"list\", new ModuleList<Block>(layers.ToArray()));")]
    [InlineData("var layers = new Module<Tensor, Tensor>[config.Layers]; for (var i = 0; i < config.Layers; i++) layers[i] = Linear(i + 1, layers.Length); third = Sequential(layers); second = (Linear)layers[^1];")]
    [InlineData("var layers = new[] { Linear(1, 2), Linear(2, 3) }; register_module(\"list\", ModuleList(layers)); second = layers[0];")]
    [InlineData("var layers = new List<(string, Module<Tensor, Tensor>)> { (\"up\", Linear(1, 2)) }; layers.Add(($\"down{layers.Count}\", Linear(2, 1))); third = Sequential(layers);")]
    [InlineData("var layers = Enumerable.Range(0, 3).Select(i => new Block(i + 1)).ToArray(); foreach (var i in config.Sizes) blocks.Add(new Block(i)); register_module(\"list\", new ModuleList<Block>(layers));")]
    [InlineData("var layers = new List<Module<Tensor, Tensor>>(); layers.Add(first); layers.Add(first); third = Sequential(layers);")]
    [InlineData("var layers = new List<Linear?> { null, Linear(2, 3) }; layers.Add(null); second = layers[^2];")]
    [InlineData("var seq = Sequential(); seq.append(Linear(1, 2)); seq.append(\"named\", new Block(2)); third = seq;")]
    [InlineData("blocks.append(new Block(1), new Block(2)); blocks.extend(new List<Block> { new(3) });")]
    [InlineData("var dict = new ModuleDict<Module<Tensor, Tensor>>(); dict.Add(\"up\", Linear(1, 2)); dict.Add((\"down\", new Block(3))); register_module(\"dict\", dict); second = (Linear)dict[\"up\"];")]
    [InlineData("register_module(\"dict\", ModuleDict((\"a\", Linear(1, 2)), ($\"b{config.Width}\", Linear(2, 2))));")]
    [InlineData("dict.Add(\"x\", Linear(config.Width, 2)); heads.Add(\"y\", new Block(2)); heads[\"y\"].forward(torch.zeros(1, 2));", true)]
    public void Container(string body, bool isUnknown = false)
    {
        var source = Source(body);
        if (isUnknown)
            CountedModel.IsUncounted(source, "Model: heads[\"y\"].forward(torch.zeros(1, 2)) can't be told from the source");
        else
            CountedModel.Agrees(source);
    }

    [Fact]
    public void Fields() => CountedModel.Agrees(Source("dict.Add(\"x\", Linear(config.Width, 2)); heads.Add(\"y\", new Block(2)); second = (Linear)dict[\"x\"];"));

    [Theory]
    [InlineData("var layers = new List<Module<Tensor, Tensor>>(); layers.Insert(0, Linear(1, 2)); third = Sequential(layers);", "Model: layers.Insert(0, Linear(1, 2)) can't be told from the source")]
    [InlineData("var layers = Enumerable.Range(0, 3).Select(i => new Block(i + 1)); third = Sequential(layers); register_module(\"l\", ModuleList(layers.ToArray()));", "Model: Enumerable.Range(0, 3).Select(i => new Block(i + 1)) can't be told from the source")]
    [InlineData("var layers = new List<Module<Tensor, Tensor>>(); More(layers); third = Sequential(layers);", "Model.More: layers.Reverse() can't be told from the source")]
    [InlineData("var dict = new ModuleDict<Linear>(); dict.Add(\"a\", Linear(1, 2)); dict[\"a\"] = Linear(2, 3); register_module(\"dict\", dict);", "Model: dict[\"a\"] = Linear(2, 3) can't be told from the source")]
    [InlineData("var layers = new List<Linear>(); layers.ForEach(layer => layer.weight = first.weight); layers.Add(Linear(2, 2)); third = Sequential(layers);", "Model: layers.ForEach(layer => layer.weight = first.weight) can't be told from the source")]
    [InlineData("var a = new List<Linear>(); var b = a; b.Add(Linear(1, 1)); a = new(); third = Sequential(b);", "Model: a = new() can't be told from the source")]
    public void Never_guessed(string body, string why) => CountedModel.IsUncounted(Source(body), why);

    private static string Source(string body)
    {
        return CountedModel.WithConstructor("Config config", "this.config = config; " + body, """
            private readonly ModuleDict<Module<Tensor, Tensor>> dict = new();
            private readonly ModuleDict<Block> heads = new();

            private static void More(List<Module<Tensor, Tensor>> layers) => layers.Reverse();
            """);
    }
}
