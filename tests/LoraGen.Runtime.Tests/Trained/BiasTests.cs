using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Trained;

/// <summary>Bias: which biases of the base model train, and that they come back.</summary>
public sealed class BiasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Toy _model = Make.Model(() => new Toy());
    private readonly Tensor _input = Make.Normal(3, 2, 5, Toy.Width);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void No_bias_is_trained_by_default()
    {
        using var lora = _model.AttachLora();
        Assert.Empty(Training());
    }

    [Fact]
    public void LoraOnly_trains_those_of_the_adapted_layers()
    {
        using var lora = _model.AttachBiasedLora();
        Assert.Equal(
            ["layers.0.attn.q_proj.bias", "layers.0.attn.v_proj.bias", "layers.1.attn.q_proj.bias", "layers.1.attn.v_proj.bias"],
            Training());
    }

    [Fact]
    public void All_trains_every_one()
    {
        using var lora = _model.AttachAllBiasedLora();
        Assert.Equal(_model.named_parameters().Select(named => named.name).Where(name => name.EndsWith(".bias", StringComparison.Ordinal)), Training());
        var biases = _model.named_parameters().Where(named => named.name.EndsWith(".bias", StringComparison.Ordinal)).Sum(named => named.parameter.numel());
        using var none = _model.AttachLora();
        var added = lora.Sites.Sum(site => site.Parameters.Sum(parameter => parameter.numel()));
        Assert.Equal(lora.ParameterCount.Total - added, none.ParameterCount.Total - none.ParameterCount.Trainable);
        Assert.Equal(biases, lora.ParameterCount.Trainable - added);
    }

    [Fact]
    public void Inactive_and_detached_the_originals_are_back()
    {
        var before = ModelState.Of(_model);
        var output = _model.forward(_input).detach();
        using var lora = Make.Trained(_model.AttachAllBiasedLora());
        Expect.Differ(output, _model.forward(_input));

        lora.IsActive = false;
        Expect.SameBits(output, _model.forward(_input));
        lora.IsActive = true;
        lora.Detach();
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void All_are_saved_under_the_names_that_PEFT_gives_them_and_come_back()
    {
        Tensor expected;
        using (var lora = Make.Trained(_model.AttachAllBiasedLora()))
        {
            expected = _model.forward(_input).detach();
            lora.IsActive = false;
            lora.Save(_folder.Path);
        }

        using (var file = SafetensorsFile.Open(Path.Combine(_folder["all biased"], "adapter_model.safetensors")))
        {
            Assert.True(file.Contains("base_model.model.layers.0.attn.q_proj.base_layer.bias"));
            Assert.True(file.Contains("base_model.model.layers.0.attn.k_proj.bias"));
            Assert.True(file.Contains("base_model.model.norm.bias"));
        }

        using (_model.AttachAllBiasedLoraFrom(_folder.Path))
            Expect.SameBits(expected, _model.forward(_input));
        using var inference = _model.AttachAllBiasedLoraForInference(_folder.Path);
        Expect.SameBits(expected, _model.forward(_input));
        inference.IsActive = false;
        inference.IsActive = true;
        Assert.Empty(Training());
        Assert.False(_model.forward(_input).requires_grad);
    }

    [Fact]
    public void A_config_with_other_biases_or_modules_is_refused_with_all_of_it()
    {
        using (var lora = _model.AttachBiasedLora("default"))
            lora.Save(_folder.Path);
        var fault = Assert.Throws<InvalidDataException>(() => _model.AttachSavedLoraFrom(_folder.Path, "default")).Message;

        Assert.Contains("- bias is \"lora_only\", but Bias is None", fault, StringComparison.Ordinal);
        Assert.Contains("- [Trainable] trains norm, but modules_to_save [] does not", fault, StringComparison.Ordinal);
        Assert.Contains("- tensor base_model.model.norm.weight [32] is missing", fault, StringComparison.Ordinal);
        Assert.Contains("- tensor base_model.model.layers.0.attn.q_proj.base_layer.bias is unexpected", fault, StringComparison.Ordinal);

        using (var lora = _model.AttachSavedLora("default"))
            lora.Save(_folder.Path);
        fault = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path)).Message;
        Assert.Contains("- modules_to_save [norm] trains norm, but no [Trainable] does", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_and_members_that_can_have_none_are_refused()
    {
        using var without = Make.Model(() => new NoBiases());
        Assert.Contains(
            "Bias is LoraOnly, but there is no bias to train at the adapted layers",
            Assert.Throws<InvalidOperationException>(() => without.AttachLora()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Bias = All applies to the whole model", Assert.Throws<ArgumentException>(() => without.AttachMixedLora()).Message, StringComparison.Ordinal);
        Assert.All(without.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    private string[] Training() => [.. _model.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name)];
}
