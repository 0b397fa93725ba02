using System.Globalization;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>User-defined methods.</summary>
public sealed class OwnMethodTests
{
    private readonly OneLayer _model = Make.Model(() => new OneLayer("Linear"));
    private readonly Tensor _input = OneLayer.Input("Linear");

    [Fact]
    public void The_options_of_every_method_apply_to_it_too()
    {
        using var adapter = _model.AttachBiasedScaledRows();
        Assert.Equal([5L, 1, 5], adapter.TrainedParameters().Select(parameter => parameter.numel()));
    }

    [Fact]
    public void Files_are_the_same_in_every_culture()
    {
        using var folder = new TemporaryFolder();
        var culture = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            using var adapter = _model.AttachScaledRows(new ScaledRows { Factor = 0.5 });
            adapter.Save(folder.Path);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        using var loaded = _model.AttachScaledRowsFrom(folder.Path, new ScaledRows { Factor = 0.5 });
    }

    [Fact]
    public void Options_are_given_at_attach_and_checked_there()
    {
        using (var adapter = _model.AttachScaledRows(new ScaledRows { Factor = 3 }))
            Assert.Equal(3, ((ScaledRows)adapter.Sites[0].Method).Factor);

        var before = ModelState.Of(_model);
        var error = Assert.Throws<ArgumentException>(() => _model.AttachScaledRows(new ScaledRows { Factor = -1 }));
        Assert.Equal("layer: Factor is -1; it must be positive.", error.Message);
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void What_does_not_train_is_saved_but_not_given_to_the_optimizer()
    {
        using var folder = new TemporaryFolder();
        using (var adapter = _model.AttachScaledRows())
        {
            Assert.Equal([5L, 1], adapter.TrainedParameters().Select(parameter => parameter.numel()));
            Assert.Equal((6, 42), (adapter.ParameterCount.Trainable, adapter.ParameterCount.Total));
            Assert.False(adapter.Sites[0]["seen"].requires_grad);
            _model.forward(_input).sum().backward();
            adapter.Optimizer(parameters => optim.SGD(parameters, 0)).step();
            adapter.Save(folder.Path);
        }

        using var loaded = _model.AttachScaledRowsFrom(folder.Path);
        Assert.Equal(1, loaded.Sites[0]["seen"].item<float>());
        using var file = SafetensorsFile.Open(folder["adapter_model.safetensors"]);
        Assert.Equal(
            ["base_model.model.layer.gain", "base_model.model.layer.seen", "base_model.scaled_rows.common"],
            file.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sites_share_what_is_declared_for_all_of_them()
    {
        using var adapter = _model.AttachScaledRows();
        var site = adapter.Sites[0];
        Assert.Equal(1, site["common"].item<float>());
        Assert.Contains(adapter.TrainedParameters(), parameter => ReferenceEquals(parameter, site["common"]));
        adapter.To(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, site["common"].dtype);
        Assert.Equal(
            "The method declares no parameter \"other\"; it declares gain, seen.", Assert.Throws<KeyNotFoundException>(() => site["other"]).Message);
    }

    [Fact]
    public void A_penalty_has_a_gradient()
    {
        using var adapter = LoraContractTests.Shaken(_model.AttachScaledRows());
        var gain = adapter.Sites[0]["gain"];
        var penalty = adapter.Penalty()!;
        Expect.Close(gain.square().sum(), penalty);
        penalty.backward();
        Expect.Close(gain * 2, gain.grad!);
        using var lora = _model.AttachSecondLora();
        Assert.Null(lora.Penalty());
    }

    [Fact]
    public void Files_of_other_options_are_refused()
    {
        using var folder = new TemporaryFolder();
        using (var adapter = _model.AttachScaledRows(new ScaledRows { Factor = 2 }))
            adapter.Save(folder.Path);

        var error = Assert.Throws<InvalidDataException>(() => _model.AttachScaledRowsFrom(folder.Path, new ScaledRows { Factor = 3 }));
        Assert.Contains(
            "- loragen_method is \"ScaledRows { Bias = None, Factor = 2 }\", but the adapter's is \"ScaledRows { Bias = None, Factor = 3 }\"",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "peft_type is \"LORAGEN\", but the adapter is LORA: attach one of the method in loragen_method, \"ScaledRows {",
            Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_no_weight_can_hold_acts_and_can_not_be_merged()
    {
        var before = ModelState.Of(_model);
        var plain = _model.forward(_input);
        using (var gate = _model.AttachGate())
        {
            AdapterBase<OneLayer> adapter = gate;
            Assert.IsNotType<Adapter>(adapter, exactMatch: false);
            Expect.Close(plain, _model.forward(_input));
            using (no_grad())
                gate.Sites[0]["gate"].fill_(0.5);
            var expected = _model.Layer.forward(_input);
            adapter.IsActive = false;
            Expect.Close(_model.forward(_input + (_input.tanh() * 0.5)), expected);
        }

        Assert.Equal(before, ModelState.Of(_model));
        string[] verbs = [nameof(Adapter.Merge), nameof(Adapter.Unmerge), nameof(Adapter<OneLayer>.MergeAndUnload)];
        var members = typeof(OneLayerGate).GetMethods().Concat(typeof(InferenceAdapterBase<OneLayer>).GetMethods());
        Assert.Empty(members.Select(method => method.Name).Intersect(verbs));
    }

    [Fact]
    public void A_layer_that_it_can_not_adapt_is_named()
    {
        using var model = Make.Model(() => new OneLayer("Embedding"));
        var error = Assert.Throws<ArgumentException>(() => model.AttachGate());
        Assert.Equal("layer: an Embedding's inputs are numbers of rows; leave it out of the targets. Exclude = [\"layer\"] leaves it out.", error.Message);
    }
}
