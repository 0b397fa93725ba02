using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>Two adapters on one model against PEFT.</summary>
public sealed class MultiAdapterGoldenTests : IDisposable
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;

    private readonly GoldenCase _golden = new("toy_multi_adapter");
    private readonly Toy _model;
    private readonly IReadOnlyList<string> _before;
    private readonly ToyLora _default;
    private readonly ToyOtherLora _other;

    public MultiAdapterGoldenTests()
    {
        _model = _golden.Model();
        _before = ModelState.BitsOf(_model);
        _default = _golden.Load(_model.AttachLora());
        _other = _golden.Load(_model.AttachOtherLora(), "other");
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Outputs_are_PEFTs()
    {
        ExpectOutput("output_both");
        _default.ActivateOnly();
        ExpectOutput("output_default");
        _other.ActivateOnly();
        ExpectOutput("output_other");
        _other.IsActive = false;
        ExpectOutput("output_disabled");
        _default.IsActive = true;
        _other.IsActive = true;
        ExpectOutput("output_both");
    }

    [Fact]
    public void Rows_of_the_mixed_batch_are_PEFTs()
    {
        var mixed = _golden.Expected("output_mixed_batch");
        Action[] switches = [() => _default.IsActive = _other.IsActive = false, _other.ActivateOnly, _default.ActivateOnly];
        for (var row = 0; row < switches.Length; row++)
        {
            switches[row]();
            Expect.Close(mixed[row], _model.forward(_golden.Input)[row], OutputTolerance, $"Row {row}");
        }
    }

    [Fact]
    public void Gradients_are_PEFTs()
    {
        foreach (var (adapter, name) in new (Adapter, string)[] { (_default, "default"), (_other, "other") })
        {
            adapter.ActivateOnly();
            _model.forward(_golden.Input).to(ScalarType.Float32).pow(2).mean().backward();
            Assert.Equal(adapter.TrainedParameters().Count, _golden.Group($"grad_{name}.").Count());
            foreach (var (key, expected) in _golden.Group($"grad_{name}."))
                Expect.CloseInShare(expected, GoldenCase.Parameter(adapter, key).grad!, GradientShare, key);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Merged_weights_are_PEFTs_in_either_order(bool defaultFirst)
    {
        MergeBoth(defaultFirst);

        var state = _model.state_dict();
        foreach (var (weight, expected) in _golden.Group("merged."))
            Expect.Close(expected, state[weight], OutputTolerance, weight);
        ExpectOutput("output_merged_both");
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Unmerging_in_either_order_leaves_the_original_bits(bool defaultFirst)
    {
        MergeBoth(defaultFirst: true);
        if (defaultFirst)
        {
            _default.Unmerge();
            _default.IsActive = false;
            ExpectOutput("output_merged_other");
            _other.Unmerge();
        }
        else
        {
            _other.Unmerge();
            _other.IsActive = false;
            ExpectOutput("output_default");
            _default.Unmerge();
        }

        Assert.Equal(_before, ModelState.BitsOf(_model));
    }

    [Fact]
    public void Counts_are_PEFTs()
    {
        Assert.Equal(_golden.Count("trainable_when_default_active"), _default.ParameterCount.Trainable);
        Assert.Equal(_golden.Count("trainable_when_other_active"), _other.ParameterCount.Trainable);
        Assert.Equal(_golden.Count("total"), _default.ParameterCount.Total + _other.ParameterCount.Trainable);
    }

    private void MergeBoth(bool defaultFirst)
    {
        (defaultFirst ? (Adapter)_default : _other).Merge();
        (defaultFirst ? (Adapter)_other : _default).Merge();
    }

    private void ExpectOutput(string name) => Expect.Close(_golden.Expected(name), _model.forward(_golden.Input), OutputTolerance, name);
}
