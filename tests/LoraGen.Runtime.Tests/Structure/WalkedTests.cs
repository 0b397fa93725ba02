using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Structure;

/// <summary>All registered layers are adapted, whether the compiler knows them or not.</summary>
public sealed class WalkedTests
{
    private static readonly string[] Layers =
    [
        "hidden.inner", "sequence.first", "sequence.deep.last", "expert.proj", "expert.extra", "mixed.0", "mixed.1.proj", "wrapped.inner",
        "registered", "renamed", "Property", "late",
    ];

    private readonly Tensor _input = Make.Normal(3, 5, 4);

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var layer in Layers)
                cases.Add(layer, false);
            cases.Add("layerOrNot.proj", false);
            cases.Add("layerOrNot", true);
            return cases;
        }
    }

    [Theory, InlineData(true, "layerOrNot"), InlineData(false, "layerOrNot.proj")]
    public void Every_layer_has_its_site(bool isLayer, string open)
    {
        using var model = Make.Model(() => new Walked(isLayer));
        using var lora = model.AttachLora();

        Assert.Equal(Layers.Append(open).Order(StringComparer.Ordinal), lora.Sites.Select(site => site.Path).Order(StringComparer.Ordinal));
        Assert.Equal(isLayer, lora.LayerOrNot is not null);
        Assert.Equal(2 * (4 + 4) * lora.Sites.Count, lora.ParameterCount.Trainable);
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()) + lora.ParameterCount.Trainable, lora.ParameterCount.Total);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Each_reaches_the_output(string path, bool isLayer)
    {
        using var model = Make.Model(() => new Walked(isLayer));
        using var lora = model.AttachLora();
        using var noGrad = no_grad();
        var input = _input * 30;
        var before = model.forward(input);
        ((LoraSite)lora[path]).B.copy_(Make.Normal(9, 4, 2) * 10);

        var output = model.forward(input);
        Expect.Differ(before, output);
        lora.Merge();
        Expect.CloseInShare(output, model.forward(input), 1e-5);
    }

    [Fact]
    public void All_of_it_is_frozen_and_restored()
    {
        using var model = Make.Model(() => new Walked(isLayer: false));
        var before = ModelState.Of(model);
        var lora = Make.Trained(model.AttachLora());

        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
        lora.Merge();
        lora.Dispose();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Layers_of_a_dictionary_are_adapted()
    {
        random.manual_seed(1);
        using var model = new ByName(TestDevice.Device);
        using var lora = Make.Trained(model.AttachLora());

        Assert.Equal(["layers.a", "layers.b"], lora.Sites.Select(site => site.Path));
        var expected = Reference.Output((LoraSite)lora["layers.b"], Reference.Output((LoraSite)lora["layers.a"], _input));
        Expect.Close(expected, model.forward(_input));
    }

    [Fact]
    public void A_base_classs_private_layers_are_typed()
    {
        using var model = Make.Model(() => new LargeExpert());
        using var lora = Make.Trained(model.AttachLora());

        Assert.Same(lora["proj"], lora.Proj);
        Assert.Same(lora["extra"], lora.Extra);
        Expect.Close(Reference.Output(lora.Extra, Reference.Output(lora.Proj, _input)), model.forward(_input));
    }
}
