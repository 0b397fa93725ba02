namespace LoraGen.Runtime.Tests.Selective;

/// <summary>Which modules targets, exclusions and indices select, and what is refused.</summary>
public sealed class SelectionTests
{
    [Fact]
    public void Targets_name_modules_with_everything_in_them()
    {
        using var model = new Mixed();
        using var adapter = model.AttachHeadsFreeze();
        Assert.Equal(["layers.0.up.weight", "layers.0.up.bias", "layers.1.up.weight", "layers.1.up.bias", "head.weight", "head.bias"], Required(model));
    }

    [Fact]
    public void Targets_and_indices_select_what_both_do()
    {
        using var model = new Mixed();
        using var adapter = model.AttachLastUpFreeze();
        Assert.Equal(["layers.1.up.weight", "layers.1.up.bias"], Required(model));
    }

    [Fact]
    public void Exclusions_leave_out_everything_in_a_module()
    {
        using var model = new Mixed();
        using var adapter = model.AttachButBlocksFreeze();
        Assert.Equal(["across.weight", "across.bias", "last.weight", "head.weight", "head.bias"], Required(model));
    }

    [Fact]
    public void Indices_restrict_biases_to_blocks()
    {
        using var model = new Mixed();
        using var adapter = model.AttachOneBitFit();
        Assert.Equal(["layers.0.ln.bias", "layers.0.up.bias"], Required(model));
    }

    [Fact]
    public void Freeze_needs_a_choice()
    {
        using var model = new Mixed();
        Assert.Equal(
            "Adapter \"nothing named\" on Mixed: Freeze needs Targets or Layers. Name what is to be trained.",
            Assert.Throws<InvalidOperationException>(() => model.AttachNothingNamedFreeze()).Message);
    }

    [Fact]
    public void A_target_that_matches_no_module_is_refused()
    {
        using var model = new Mixed();
        Assert.Equal(
            "Adapter \"typo\" on Mixed: Target \"layer\" matches no module of the model. Nearest: layers, layers.0, layers.1.",
            Assert.Throws<InvalidOperationException>(() => model.AttachTypoFreeze()).Message);
    }

    [Fact]
    public void An_index_that_no_list_has_is_refused()
    {
        using var model = new Mixed();
        Assert.Contains(
            "Layers is \"2\", but no list has 2: layers has 2 modules",
            Assert.Throws<InvalidOperationException>(() => model.AttachBeyondFreeze()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_without_what_is_trained_are_refused()
    {
        using var model = new Mixed();
        var state = ModelState.Of(model);
        Assert.Equal(
            "Adapter \"none\" on Mixed: BitFit has nothing to train: 1 modules with parameters or buffers are selected, but they have no biases. Check "
                + "Targets, Exclude, Layers and [LoraIgnore].",
            Assert.Throws<InvalidOperationException>(() => model.AttachNoneBitFit()).Message);
        Assert.StartsWith(
            "Adapter \"no norm\" on Mixed: Target \"head\" matches no module with weights or biases of normalizations. Nearest of those that have: last",
            Assert.Throws<InvalidOperationException>(() => model.AttachNoNormLayerNormTuning()).Message,
            StringComparison.Ordinal);
        Assert.Equal(state, ModelState.Of(model));
    }

    [Fact]
    public void Two_adapters_that_train_one_parameter_are_not_active_together()
    {
        using var model = new Mixed();
        using var one = model.AttachBitFit();
        Assert.Contains(
            "layers.0.ln.bias holds the values that the active adapter \"default\" trains",
            Assert.Throws<InvalidOperationException>(() => model.AttachFullFineTuning("full")).Message,
            StringComparison.Ordinal);
        one.IsActive = false;
        using var other = model.AttachFullFineTuning("full");
        Assert.True(other.IsActive);
    }

    [Fact]
    public void A_layer_whose_weight_another_adapter_trains_is_not_merged()
    {
        using var model = Make.Model(() => new Mixed());
        var before = ModelState.Of(model);
        using var lora = Make.Trained(model.AttachLora());
        using var freeze = model.AttachFreeze("freeze");
        var bits = ModelState.BitsOf(model);
        Assert.Equal(
            "layers.1.up: the active adapter \"freeze\" trains the weight of the layer, which merging \"default\" would change. Set the IsActive of \"freeze\" "
                + "to false, or MergeAndUnload it, first.",
            Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.Equal(bits, ModelState.BitsOf(model));

        freeze.IsActive = false;
        lora.Merge();
        Assert.Contains(
            "layers.1.up.weight has the contribution of a merged adapter",
            Assert.Throws<InvalidOperationException>(() => freeze.IsActive = true).Message,
            StringComparison.Ordinal);
        lora.Unmerge();
        freeze.IsActive = true;
        freeze.Detach();
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Biases_are_trained_beside_an_adapter_that_merges_into_the_weight()
    {
        using var model = Make.Model(() => new Mixed());
        using var lora = Make.Trained(model.AttachLora());
        using var biases = model.AttachBitFit("biases");
        var active = model.forward(Mixed.Ids).detach();
        lora.Merge();
        Expect.Close(active, model.forward(Mixed.Ids), 2e-5);
        Assert.All(biases.Parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    private static string[] Required(Mixed model)
    {
        return [.. model.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name)];
    }
}
