using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Containers that were not made name what is in them as those that were, and refuse what they refuse.</summary>
public sealed class ContainerShapeTests
{
    [Fact]
    public void Names_are_those_of_the_container_that_is_made()
    {
        using var dict = ModuleDict(("up", (Module)ReLU()), ("down", ReLU()));
        using var list = new ModuleList<Module>(ReLU());
        list.append(ReLU(), ReLU());
        list.extend(new Module[] { ReLU() });
        using var sequential = Sequential(new List<(string, Module<Tensor, Tensor>)> { ("a", ReLU()), ("b", ReLU()) });
        sequential.append(ReLU());
        using var owner = new Owner(dict, list);

        var named = new ShapeList(("a", Shapes.Parameterless()), ("b", Shapes.Parameterless()));
        var dictShape = Shapes.ModuleDict(("up", Shapes.Parameterless()), ("down", Shapes.Parameterless()));
        var listShape = Shapes.ModuleList(new ShapeList(Shapes.Parameterless()));
        listShape.Add(Shapes.Parameterless(), Shapes.Parameterless());
        listShape.Add(new ShapeList(Shapes.Parameterless()));
        var sequentialShape = Shapes.Sequential(named);
        sequentialShape.Add(Shapes.Parameterless());
        dictShape.RegisterComponents();
        listShape.RegisterComponents();

        Assert.All(dict.named_children(), child => Assert.NotNull(dictShape.Child(child.name)));
        Assert.All(list.named_children(), child => Assert.NotNull(listShape.Child(child.name)));
        Assert.All(sequential.named_children(), child => Assert.NotNull(sequentialShape.Child(child.name)));
        Assert.Equal(["up", "down"], dict.named_children().Select(child => child.name));
        Assert.Equal(4, list.named_children().Count());
        Assert.Null(listShape.Child("4"));
        Assert.Same(dictShape.Item("down"), dictShape.Child("down"));
        Assert.Same(listShape.Item(3), listShape.Child("3"));
    }

    [Fact]
    public void What_a_constructor_would_refuse_is_refused()
    {
        var dict = Shapes.ModuleDict(("up", Shapes.Parameterless()));
        Assert.Throws<InvalidOperationException>(() => dict.Add("up", Shapes.Parameterless()));
        Assert.Throws<InvalidOperationException>(() => dict.Item("down"));
        Assert.Throws<InvalidOperationException>(() => Shapes.ModuleList(ShapeList.OfLength(2)));
    }

    [Fact]
    public void A_list_copied_is_another_and_an_array_is_filled_by_index()
    {
        var array = ShapeList.OfLength(2);
        var (first, second) = (Shapes.Parameterless(), Shapes.Parameterless());
        (array[0], array[1]) = (first, second);
        var copy = new ShapeList(array);
        copy.Add(Shapes.Parameterless());

        Assert.Equal((2, 3), (array.Count, copy.Count));
        Assert.Same(second, array[^1]);
        Assert.Same(first, Shapes.Sequential(array).Child("0"));
    }

    private sealed class Owner : Module
    {
        private readonly ModuleDict<Module> dict;
        private readonly ModuleList<Module> list;

        public Owner(ModuleDict<Module> dict, ModuleList<Module> list)
            : base("Owner")
        {
            (this.dict, this.list) = (dict, list);
            RegisterComponents();
        }
    }
}
