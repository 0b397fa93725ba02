namespace LoraGen.Runtime.Tests.Structure;

/// <summary>The order of an adapter's sites, which is also that of its parameters in an optimizer.</summary>
public sealed class SiteOrderTests
{
    private static readonly string[] Paths = ["byHand", "third", "second.z", "second.y", "first", "b", "a"];

    [Fact]
    public void It_is_that_of_the_state_dict()
    {
        using var model = new Ordered();
        using var lora = model.AttachLora();
        Assert.Equal(Paths, lora.Sites.Select(site => site.Path));
        Assert.Equal(Paths.Select(path => path + ".weight"), model.state_dict().Keys.Where(key => key.EndsWith("weight", StringComparison.Ordinal)));
        Assert.Equal(lora.Sites.SelectMany(site => site.Parameters), lora.Parameters());
    }

    [Fact]
    public void A_count_before_there_is_a_model_has_the_same() => Assert.Equal(Paths, OrderedLora.Count().Sites.Select(site => site.Path));
}
