namespace LoraGen.Runtime.Tests.Structure;

/// <summary>The order of an adapter's sites, which is that of its parameters in an optimizer.</summary>
public sealed class SiteOrderTests
{
    private static readonly string[] Paths = ["third", "second.z", "second.y", "first", "b", "a", "byHand"];

    [Fact]
    public void A_class_stands_before_its_base_class_and_what_is_registered_by_hand_last()
    {
        using var model = new Ordered();
        using var lora = model.AttachLora();
        Assert.Equal(Paths, lora.Sites.Select(site => site.Path));
        Assert.Equal(lora.Sites.SelectMany(site => site.Parameters), lora.Parameters());
    }

    [Fact]
    public void A_count_before_there_is_a_model_has_the_same() => Assert.Equal(Paths, OrderedLora.Count().Sites.Select(site => site.Path));
}
