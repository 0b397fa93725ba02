using System.Globalization;

namespace LoraGen.Runtime.Tests.Properties;

/// <summary>How many parameters there are.</summary>
public sealed class CountTests
{
    [Fact]
    public void It_is_the_sum_of_all_elements()
    {
        using var model = Make.Model(() => new Toy());
        using var lora = model.AttachEverythingLora();

        var trainable = lora.Parameters().Sum(parameter => parameter.numel());
        var total = trainable + model.parameters().Sum(parameter => parameter.numel());
        Assert.Equal(new ParameterCount(trainable, total), lora.ParameterCount);
        Assert.Equal(lora.Sites.Sum(site => ((LoraSite)site).Rank * (site.Parameters[0].shape[1] + site.Parameters[1].shape[0])), trainable);
    }

    [Fact]
    public void Its_text_is_PEFTs_line_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NumberDecimalSeparator) = (".", ",");
            CultureInfo.CurrentCulture = culture;
            Assert.Equal("trainable params: 737,280 || all params: 494,770,048 || trainable%: 0.1490", new ParameterCount(737_280, 494_770_048).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Adapter_says_what_it_is()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = model.AttachLora();

        Assert.Equal("PerceptronLora \"default\": 2 sites, trainable params: 52 || all params: 144 || trainable%: 36.1111", lora.ToString());
    }

    [Fact]
    public void Of_nothing_it_is_no_percentage()
    {
        Assert.Equal(0, default(ParameterCount).Percent);
        Assert.Equal(25, new ParameterCount(1, 4).Percent);
    }

    [Fact]
    public void Parameters_are_in_the_order_of_the_sites_A_before_B()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = model.AttachLora();

        Assert.Equal(["up", "down"], lora.Sites.Select(site => site.Path));
        Assert.Equal([lora.Up.A, lora.Up.B, lora.Down.A, lora.Down.B], lora.Parameters());
        Assert.Equal([2, 6], lora.Up.A.shape);
        Assert.Equal([8, 2], lora.Up.B.shape);
        Assert.All(lora.Parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
    }
}
