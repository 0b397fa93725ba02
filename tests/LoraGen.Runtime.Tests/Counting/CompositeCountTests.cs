namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Models with layers whose parameters have no module of their own: counted, never adapted.</summary>
public sealed class CompositeCountTests
{
    // 3 * 4 * 4 + 12 + 2 * 4 + 4 * 4 + 4.
    private const long Attention = 88;

    [Fact]
    public void Their_parameters_are_the_models()
    {
        var count = Count(new LoraMethod { Rank = 2 });
        Assert.Equal(["head"], count.Sites.Select(site => site.Path));
        Assert.Equal(2 * (4 + 3), count.Trainable);
        Assert.Equal(Attention + (4 * 3) + 3 + count.Trainable, count.Total);
    }

    [Fact]
    public void Their_biases_are_biases_by_name()
    {
        // in_proj_bias, bias_k, bias_v, out_proj.bias and the head's.
        Assert.Equal((2 * (4 + 3)) + 12 + 4 + 4 + 4 + 3, Count(new LoraMethod { Rank = 2, Bias = LoraBias.All }).Trainable);
        Assert.Equal((2 * (4 + 3)) + 3, Count(new LoraMethod { Rank = 2, Bias = LoraBias.LoraOnly }).Trainable);
    }

    [Fact]
    public void They_train_whole_where_wanted()
    {
        var method = new LoraMethod { Rank = 2 };
        var count = Count(method, (sites, model) => sites.Train("attn", model["attn"]));
        Assert.Equal((2 * (4 + 3)) + Attention, count.Trainable);
    }

    private static ParameterCount Count(LoraMethod method, Action<SiteCounter, ModuleShape>? first = null)
    {
        var model = new ModuleShape("attn", "head") { ["attn"] = Shapes.MultiheadAttention(4, add_bias_kv: true), ["head"] = Shapes.Linear(4, 3) };
        model.RegisterComponents();
        var sites = new SiteCounter([], []);
        first?.Invoke(sites, model);
        sites.Rest("", model, method);
        return sites.Count("model");
    }
}
