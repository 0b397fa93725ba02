namespace LoraGen.Runtime.Tests.Structure;

/// <summary>An attribute on a property's field says the same as one on the property.</summary>
public class FieldAttributeTests
{
    [Fact]
    public void Each_member_is_what_its_attribute_says()
    {
        using var model = Make.Model(() => new FieldAttributes());
        using var lora = model.AttachLora();
        Assert.Equal([("Plain", 2), ("Small", 1), ("Out", 2)], lora.Sites.Cast<LoraSite>().Select(site => (site.Path, site.Rank)));
        Assert.True(model.Norm.weight!.requires_grad);
        Assert.Equal(lora.ParameterCount, FieldAttributesLora.Count());
    }

    [Fact]
    public void They_hold_also_in_a_list()
    {
        using var model = Make.Model(() => new FieldAttributesInList());
        using var lora = model.AttachLora();
        Assert.Equal(["list.0.Plain", "list.0.Small", "list.0.Out"], lora.Sites.Select(site => site.Path));
        Assert.Equal(lora.ParameterCount, FieldAttributesInListLora.Count());
    }
}
