using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Prompts;

/// <summary>What happens when a model does not do what the interfaces promise.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly PromptedGpt _model = Make.Model(() => new PromptedGpt(6));
    private readonly Tensor _ids = tensor(new long[,] { { 1 }, { 2 } });

    public void Dispose() => _model.Dispose();

    [Fact]
    public void A_forward_that_never_makes_the_call_is_found_by_its_first_call()
    {
        using var model = Make.Model(() => new UnpromptedModel());
        foreach (var attach in (Func<AdapterBase>[])[() => model.AttachPromptTuning(), () => model.AttachPTuning(), () => model.AttachPrefixTuning()])
        {
            using var adapter = attach();
            var error = Assert.Throws<InvalidOperationException>(() => model.call(_ids));
            Assert.StartsWith(
                "Adapter \"default\": the model ran without reading the virtual tokens. What is trained there has no effect. Call VirtualTokens.Prepend(this, …) in "
                + "the forward of UnpromptedModel",
                error.Message);
            model.call(_ids);
        }
    }

    [Fact]
    public void A_layer_that_forgets_the_prefix_is_found()
    {
        _model.Blocks[1].IsForgetful = true;
        using var prefix = _model.AttachPrefixTuning();
        _model.Blocks[1].IsForgetful = true;
        var error = Record.Exception(() => _model.call(_ids, null));

        Assert.Contains("in 1 of its 2 layers", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal);
        Assert.Contains("attention layer 1 too", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_the_interface_is_refused()
    {
        using var model = Make.Model(() => new UnpromptableModel());
        var before = ModelState.Of(model);
        Assert.StartsWith(
            "Prompt tuning needs a model that implements IPromptable, but UnpromptableModel does not.",
            Assert.Throws<InvalidOperationException>(() => model.AttachPromptTuning()).Message);
        Assert.StartsWith(
            "Prefix tuning needs a model that implements IPrefixable, but UnpromptableModel does not.",
            Assert.Throws<InvalidOperationException>(() => UnpromptableModelPrefixTuning.Count()).Message);
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Sizes_that_the_model_does_not_have_are_refused()
    {
        using var none = Make.Model(() => new UnpromptedModel { EmbeddingWidth = 0 });
        Assert.Contains(
            "IPromptable.EmbeddingWidth is 0", Assert.Throws<InvalidOperationException>(() => none.AttachPromptTuning()).Message, StringComparison.Ordinal);
        using var model = Make.Model(() => new UnpromptedModel());
        using var prompt = model.AttachPromptTuning();
        Assert.Contains(
            "IPromptable.TokenEmbeddings is null", Assert.Throws<InvalidOperationException>(() => prompt.StartFrom(1)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "the embeddings are [1, 2, 5], but EmbeddingWidth of UnpromptedModel is 4",
            Assert.Throws<ArgumentException>(() => VirtualTokens.Prepend(model, ones(1, 2, 5))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "The embeddings are [2, 4]", Assert.Throws<ArgumentException>(() => VirtualTokens.Prepend(model, ones(2, 4))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "The mask is [1, 1, 2]",
            Assert.Throws<ArgumentException>(() => VirtualTokens.Prepend(model, ones(1, 2, 4), ones(1, 1, 2))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "The mask is [1, 3], expected [1, 2], 1 for a visible token",
            Assert.Throws<ArgumentException>(() => VirtualTokens.Prepend(model, ones(1, 2, 4), ones(1, 3))).Message,
            StringComparison.Ordinal);
        Assert.Equal([1, 5], VirtualTokens.Prepend(model, ones(1, 1, 4), ones(1, 3), past: 4).Mask!.shape);
        Assert.Contains(
            "The labels are [2], expected [batch, tokens]",
            Assert.Throws<ArgumentException>(() => prompt.Labels(ones(2, ScalarType.Int64))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "The output is [1, 1, 4], expected [batch, 2 virtual tokens + tokens, …]",
            Assert.Throws<ArgumentException>(() => prompt.OfText(ones(1, 1, 4))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "The positions are [1, 3], expected [1 or 1, 2]",
            Assert.Throws<ArgumentException>(() => VirtualTokens.Prepend(model, ones(1, 2, 4), null, ones(1, 3))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_other_sizes_are_refused()
    {
        using var model = Make.Model(() => new UnpromptedModel());
        using var adapter = model.AttachPrefixTuning();
        var prefix = VirtualTokens.Prepend(model, ones(3, 2, 4)).Prefix;
        Assert.Equal(2, prefix.Tokens);
        Assert.Equal([3, 1, 4, 4], prefix.Prepend(0, ones(3, 1, 2, 4), ones(3, 1, 2, 4)).Values.shape);
        Assert.Contains(
            "has a prefix for 1 layers", Assert.Throws<ArgumentOutOfRangeException>(() => prefix.Prepend(1, ones(3, 1, 2, 4), ones(3, 1, 2, 4))).Message);
        Assert.Contains(
            "layer 0 has keys or values of [3, 2, 2, 4], expected [batch, 1, time, 4]",
            Assert.Throws<ArgumentException>(() => prefix.Prepend(0, ones(3, 2, 2, 4), ones(3, 2, 2, 4))).Message);
    }

    [Fact]
    public void Too_many_tokens_are_refused()
    {
        using var prompt = _model.AttachPromptTuning();
        using var prefix = _model.AttachPrefixTuning(name: "prefix");
        _model.call(ones([10, 1], ScalarType.Int64), null);
        var error = Assert.Throws<InvalidOperationException>(() => _model.call(ones([11, 1], ScalarType.Int64), null));
        Assert.StartsWith("Adapter \"default\": PromptedGpt can process 16 tokens, but there are 17 with 6 virtual ones.", error.Message);
    }

    [Fact]
    public void Options_are_checked_when_attaching()
    {
        Assert.Contains("Tokens is 0", Assert.Throws<ArgumentException>(() => _model.AttachNonePromptTuning()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "has 16 trainable parameters", Assert.Throws<InvalidOperationException>(() => _model.AttachFewPromptTuning()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_keeps_the_adapters_with_which_it_began()
    {
        var prompt = _model.AttachPromptTuning();
        var second = _model.AttachSecondPromptTuning();
        second.IsActive = false;
        _model.OnForward = () =>
        {
            (prompt.IsActive, second.IsActive) = (false, true);
            prompt.Dispose();
        };
        Assert.Equal(5, _model.call(_ids, null).shape[0]);
        _model.OnForward = () => { };
        Assert.Equal(4, _model.call(_ids, null).shape[0]);
        second.Dispose();
        Assert.Equal(2, _model.call(_ids, null).shape[0]);
    }

    [Fact]
    public void A_part_that_is_called_alone_reads_them_and_another_model_within_a_call_does_not()
    {
        using var model = Make.Model(() => new PromptedClassifier());
        using var other = Make.Model(() => new PromptedGpt(6));
        using var prompt = model.AttachPromptTuning();
        Assert.Equal(5, model.Backbone.call(tensor(new long[,] { { 1, 2, 3 } })).shape[1]);

        using var own = _model.AttachPromptTuning();
        _model.OnForward = () => Assert.Equal(2, other.call(_ids, null).shape[0]);
        Assert.Equal(5, _model.call(_ids, null).shape[0]);
    }

    [Fact]
    public void Two_models_with_one_backbone_need_to_be_told_that_both_read_them()
    {
        using var first = Make.Model(() => new PromptedClassifier());
        using var second = Make.Model(() => new PromptedClassifier(first.Backbone));
        using var prompt = first.AttachPromptTuning();
        var error = Assert.Throws<InvalidOperationException>(() => second.AttachPrefixTuning());
        Assert.StartsWith(
            "The PromptedClassifier has modules of another adapted model (PromptedClassifier), where virtual tokens would be read too. Attach "
            + "adapter \"default\" with shared: true",
            error.Message);

        using var prefix = second.AttachPrefixTuning(shared: true);
        var ids = tensor(new long[,] { { 1, 2, 3 } });
        using var noGrad = no_grad();
        Assert.Equal(5, first.Backbone.call(ids).shape[1]);
        first.call(ids);
        second.call(ids);
    }

    [Fact]
    public void With_tokens_in_a_cache_only_mask_and_positions_are_extended()
    {
        using var prompt = _model.AttachPromptTuning();
        using var prefix = _model.AttachZeroPrefixTuning();
        var first = VirtualTokens.Prepend(_model, ones(1, 2, 8), ones([1, 2], ScalarType.Int64), tensor(new long[,] { { 0, 1 } }));
        Assert.Equal((3, 2), (first.Start, first.Past));
        Assert.Equal([1, 1, 1, 1, 1, 1, 1], first.Mask!.data<long>().ToArray());
        Assert.Equal([2, 3, 4, 5, 6], first.Positions!.data<long>().ToArray());
        Assert.Equal([7, 7, 7, 9, 9], first.Extend(tensor(new long[,] { { 9, 9 } }), 7).data<long>().ToArray());

        var embeddings = ones(1, 1, 8);
        var next = VirtualTokens.Prepend(_model, embeddings, tensor(new[,] { { true, false, true } }), tensor(new long[,] { { 2 } }), past: 7);
        Assert.Same(embeddings, next.Embeddings);
        Assert.Equal((0, 7), (next.Start, next.Past));
        Assert.Equal([true, true, true, true, true, true, false, true], next.Mask!.data<bool>().ToArray());
        Assert.Equal([7], next.Positions!.data<long>().ToArray());
        Assert.Equal(0, next.Prefix.Tokens);
    }
}
