using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class ModuleListTests
{
    [Fact]
    public void A_parent_registers_what_the_list_holds_then()
    {
        var list = nn.ModuleList(nn.Linear(1, 1), nn.Linear(1, 1));
        list.Add(nn.Linear(1, 1));
        Assert.Empty(list.state_dict());

        using var parent = new Parent(list);
        Assert.Equal(6, parent.state_dict().Count);
        Assert.Equal("layers.2.bias", parent.state_dict().Keys.Last());

        list.Add(nn.Linear(1, 1));
        Assert.Equal(4, list.Count);
        Assert.Equal(6, parent.state_dict().Count);

        list[0] = nn.Linear(1, 1);
        Assert.NotSame(list[0], list.children().First());
    }

    [Fact]
    public void It_is_generic_in_its_modules_and_cannot_be_called()
    {
        nn.Module list = nn.ModuleList(nn.Linear(1, 1), nn.Linear(1, 1));
        Assert.Equal("TorchSharp.Modules.ModuleList`1[TorchSharp.Modules.Linear]", list.GetType().ToString());
        Assert.IsNotType<nn.Module<Tensor, Tensor>>(list, exactMatch: false);
    }

    [Fact]
    public void It_is_a_list()
    {
        var (a, b, c) = (nn.Linear(1, 1), nn.Linear(1, 1), nn.Linear(1, 1));
        var list = new ModuleList<Linear>(a);
        list.append(c);
        list.Insert(1, b);
        Assert.Equal([a, b, c], list);
        Assert.Equal(1, list.IndexOf(b));
        Assert.True(list.Remove(b));
        list.RemoveAt(0);
        list.extend([a]);
        Assert.Equal([c, a], list);
        Assert.DoesNotContain(b, list);
        list.Clear();
        Assert.Empty(list);
    }

    [Fact]
    public void A_dictionary_of_modules_registers_by_name()
    {
        using var parent = new ParentOfDictionary(nn.ModuleDict(("up", nn.Linear(1, 1)), ("down", nn.Linear(1, 1))));
        Assert.Equal(["named.up.weight", "named.up.bias", "named.down.weight", "named.down.bias"], parent.state_dict().Keys);
        Assert.Equal(2, parent.Named.Count);
        Assert.Same(parent.Named["up"], parent.Named[0].Item2);
        Assert.Equal(["up", "down"], parent.Named.Keys);
        Assert.Throws<ArgumentOutOfRangeException>(() => parent.Named["new"] = nn.Linear(1, 1));
    }

    private sealed class Parent : nn.Module<Tensor, Tensor>
    {
        private readonly ModuleList<Linear> layers;

        public Parent(ModuleList<Linear> layers) : base(nameof(Parent))
        {
            this.layers = layers;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => layers.Aggregate(input, (x, layer) => layer.call(x));
    }

    private sealed class ParentOfDictionary : nn.Module<Tensor, Tensor>
    {
        private readonly ModuleDict<Linear> named;

        public ParentOfDictionary(ModuleDict<Linear> named) : base(nameof(ParentOfDictionary))
        {
            this.named = named;
            RegisterComponents();
        }

        public ModuleDict<Linear> Named => named;

        public override Tensor forward(Tensor input) => named["down"].call(named["up"].call(input));
    }
}
