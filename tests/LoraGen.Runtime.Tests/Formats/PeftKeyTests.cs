using System.Text.Json.Nodes;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>The keys of a config: known ones are read or ignored, the others are refused if they have a value.</summary>
public sealed class PeftKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Toy _model = Make.Model(() => new Toy());

    public PeftKeyTests()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder.Path);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("kasa_config", "{'beta':1}", "KaSA, which LoraGen's LoRA does not have. It changes what the adapter computes and can't be ignored")]
    [InlineData("alora_invocation_tokens", "[1,2]", "activated LoRA, which")]
    [InlineData("arrow_config", "{'top_k':3}", "Arrow")]
    [InlineData("monteclora_config", "{'a':1}", "MonteCLoRA")]
    [InlineData("trainable_token_indices", "[5]", "trained rows of an embedding")]
    [InlineData("target_parameters", "['a.b']", "adapters of parameters that belong to no layer")]
    [InlineData("layer_replication", "[[0,2]]", "layers that are used several times")]
    [InlineData("megatron_config", "{'a':1}", "Megatron's parallel layers")]
    [InlineData("use_qalora", "true", "QA-LoRA")]
    [InlineData("use_bdlora", "{'nblocks':2}", "BD-LoRA")]
    [InlineData("velora_config", "{'num_groups':32}", "It does not change the output: to ignore it, remove it from adapter_config.json")]
    [InlineData("something_new", "{'a':[1,'b']}", "a key that LoraGen does not know for LoRA. If it does not change what the adapter computes, remove it from")]
    [InlineData("something_new", "0", "a key that LoraGen does not know for LoRA")]
    [InlineData("feedforward_modules", "['fc']", "a key that LoraGen does not know for LoRA")]
    public void A_key_of_another_feature_or_an_unknown_one_is_refused_if_it_is_set(string key, string value, string expected)
    {
        Set(key, value);
        var error = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path));
        Assert.Contains($"\n- {key} is {value.Replace('\'', '"')}", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("null"), InlineData("false"), InlineData("[]"), InlineData("{}"), InlineData("''")]
    public void A_key_without_a_value_is_ignored_and_written_again(string value)
    {
        Set("something_new", value);
        Set("kasa_config", value);
        using (var lora = _model.AttachLoraFrom(_folder.Path))
            lora.Save(_folder.Path);
        Assert.Equal(value.Replace('\'', '"'), Config()["something_new"]?.ToJsonString() ?? "null");
        Assert.Equal(value.Replace('\'', '"'), Config()["kasa_config"]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("peft_version", "'0.20.0'")]
    [InlineData("base_model_name_or_path", "'Qwen/Qwen2-0.5B'")]
    [InlineData("task_type", "'CAUSAL_LM'")]
    [InlineData("revision", "'main'")]
    [InlineData("auto_mapping", "{'base_model_class':'Toy'}")]
    [InlineData("megatron_core", "'megatron.core'")]
    [InlineData("qalora_group_size", "16")]
    [InlineData("loftq_config", "{'loftq_bits':4}")]
    [InlineData("eva_config", "{'rho':2}")]
    public void A_key_that_does_not_change_the_output_is_ignored_and_written_again(string key, string value)
    {
        Set(key, value);
        using (var lora = _model.AttachLoraFrom(_folder.Path))
            lora.Save(_folder.Path);
        Assert.Equal(value.Replace('\'', '"'), Config()[key]!.ToJsonString());
    }

    [Theory]
    [InlineData("true"), InlineData("false"), InlineData("null"), InlineData("'gaussian'"), InlineData("'Gaussian'"), InlineData("'eva'")]
    [InlineData("'orthogonal'"), InlineData("'MiCA'")]
    public void An_initialization_that_leaves_the_base_model_unchanged(string value)
    {
        Set("init_lora_weights", value);
        _model.AttachLoraFrom(_folder.Path).Dispose();
    }

    // PEFT compares the name of OLoRA without case: with any of these values it changes the base weights.
    [Theory]
    [InlineData("olora"), InlineData("OLoRA"), InlineData("OLORA"), InlineData("pissa"), InlineData("pissa_niter_16"), InlineData("corda"), InlineData("loftq")]
    [InlineData("lora_ga")]
    public void An_initialization_that_changes_the_base_model_is_refused(string value)
    {
        Set("init_lora_weights", $"'{value}'");
        var error = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path));
        Assert.Contains($"\n- init_lora_weights is \"{value}\": the adapter belongs to a changed base model", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'PiSSA'"), InlineData("'pissa_niter_'"), InlineData("'pissa_niter_x'")]
    [InlineData("'pissa2'"), InlineData("'LoftQ'"), InlineData("'EVA'"), InlineData("1")]
    [InlineData("['eva']"), InlineData("''")]
    public void An_initialization_that_PEFT_does_not_know_is_refused_with_those_that_it_knows(string value)
    {
        Set("init_lora_weights", value);
        var error = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path));
        Assert.Contains(
            $"\n- init_lora_weights is {value.Replace('\'', '"')}, which PEFT does not know. Its values are true, false, gaussian, eva, orthogonal, mica, olora",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_LoRA_are_unknown_to_IA3()
    {
        using (var ia3 = _model.AttachIa3())
            ia3.Save(_folder.Path);
        Set("r", "8");
        var error = Assert.Throws<InvalidDataException>(() => _model.AttachIa3From(_folder.Path));
        Assert.Contains("\n- r is 8, a key that LoraGen does not know for IA³", error.Message, StringComparison.Ordinal);
    }

    private void Set(string key, string value)
    {
        var config = Config();
        config[key] = JsonNode.Parse(value.Replace('\'', '"'));
        File.WriteAllText(_folder["adapter_config.json"], config.ToJsonString());
    }

    private JsonObject Config() => (JsonObject)JsonNode.Parse(File.ReadAllText(_folder["adapter_config.json"]))!;
}
