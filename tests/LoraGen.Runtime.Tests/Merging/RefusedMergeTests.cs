using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Merging;

/// <summary>Merges that can't be, each with its message and without a weight touched.</summary>
public sealed class RefusedMergeTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void Not_finite_in_one_site_no_site_is_merged(float value)
    {
        using var lora = Make.Trained(_model.AttachLora());
        var before = ModelState.BitsOf(_model);
        using (no_grad())
            lora.Down.B[0, 0] = tensor(value, device: TestDevice.Device);

        var error = Assert.Throws<InvalidOperationException>(lora.Merge);
        Assert.Equal(
            "down: the merged weight is not finite in Float32. Some of the site's parameters are NaN, infinite or too large; nothing was merged.",
            error.Message);
        Assert.False(lora.IsMerged);
        Assert.Equal(before, ModelState.BitsOf(_model));
    }

    [Fact]
    public void Not_finite_in_the_base_model()
    {
        using var lora = Make.Trained(_model.AttachLora());
        using (no_grad())
            _model.Down.weight[0, 0] = tensor(float.NaN, device: TestDevice.Device);

        Assert.Equal(
            "down: the base model's weight or bias has values that are not finite; nothing was merged.",
            Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.False(lora.IsMerged);
    }

    [Fact]
    public void Too_large_for_the_weights_type()
    {
        using var lora = Make.Trained(_model.AttachLora());
        _model.to(ScalarType.Float16);
        var before = ModelState.BitsOf(_model);
        using (no_grad())
            lora.Up.B.fill_(1e6);

        Assert.Contains("up: the merged weight is not finite in Float16", Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.Equal(before, ModelState.BitsOf(_model));
    }

    [Fact]
    public void A_weight_that_is_computed()
    {
        using var model = Make.Model(() => new WithByInput(new Computed()));
        using var lora = Make.Trained(model.AttachLora());
        var before = ModelState.BitsOf(model);

        var error = Assert.Throws<InvalidOperationException>(lora.Merge);
        Assert.StartsWith("up: the ByInput computes its weight each time that it is read", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => lora.MergeAndUnload());
        Assert.False(lora.IsMerged);
        Assert.Equal(before, ModelState.BitsOf(model));
    }

    [Fact]
    public void Twice()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Merge();
        var merged = ModelState.BitsOf(_model);

        Assert.Equal(
            "Adapter \"default\" is merged: it can't be merged twice. Call Unmerge() first.",
            Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.Equal(merged, ModelState.BitsOf(_model));
    }

    [Fact]
    public void Inactive()
    {
        using var lora = _model.AttachLora();
        lora.IsActive = false;

        Assert.Equal(
            "Adapter \"default\" is not active. Set IsActive before merging it.",
            Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.Throws<InvalidOperationException>(() => lora.MergeAndUnload());
    }

    [Fact]
    public void Detached_or_disposed()
    {
        var lora = _model.AttachLora();
        lora.Detach();
        const string message = "Adapter \"default\" is detached. Attach a new one to the model.";
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        lora.Dispose();
        Assert.Contains("is disposed", Assert.Throws<ObjectDisposedException>(lora.Merge).Message);
        Assert.Contains("is disposed", Assert.Throws<ObjectDisposedException>(() => lora.MergeAndUnload()).Message);
    }

    [Fact]
    public void Unmerging_what_is_not_merged()
    {
        using var lora = _model.AttachLora();
        Assert.Equal("Adapter \"default\" is not merged.", Assert.Throws<InvalidOperationException>(lora.Unmerge).Message);
    }

    [Fact]
    public void While_merged_it_can_neither_be_switched_nor_moved()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Merge();

        Assert.Equal(
            "Adapter \"default\" is merged: IsActive has no effect on merged weights. Call Unmerge() first.",
            Assert.Throws<InvalidOperationException>(() => lora.IsActive = false).Message);
        Assert.Equal(
            "Adapter \"default\" is merged: moving it would not move its contribution to the weights. Call Unmerge() first.",
            Assert.Throws<InvalidOperationException>(() => lora.To(ScalarType.Float64)).Message);
    }
}
