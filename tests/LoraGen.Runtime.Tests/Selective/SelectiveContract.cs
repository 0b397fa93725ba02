using LoraGen.Runtime.Tests.Memory;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Selective;

/// <summary>
/// What every method that trains the base model's own parameters keeps. A method's tests are a class that says how it is attached, and what it trains.
/// </summary>
public abstract class SelectiveContract
{
    internal abstract Adapter<Mixed> Attach(Mixed model);

    internal abstract Adapter<Mixed> AttachFrom(Mixed model, string folder);

    internal abstract ParameterCount Count();

    /// <summary>The names of the trained parameters and buffers in the model's state_dict.</summary>
    internal abstract IReadOnlyList<string> Trained { get; }

    [Fact]
    public void Only_what_is_selected_trains()
    {
        using var model = Make.Model(() => new Mixed());
        var before = Values(model);
        using var adapter = Attach(model);
        string[] required = [.. model.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name)];
        Assert.Equal(
            Trained.Where(name => !name.Contains("running", StringComparison.Ordinal) && !name.Contains("batches", StringComparison.Ordinal)), required);
        Assert.Equal(required.Length, adapter.TrainedParameters().Count);

        model.eval();
        Train(model, adapter, steps: 3);

        string[] moved = [.. Values(model).Where(entry => entry.Value != before[entry.Key]).Select(entry => entry.Key)];
        Assert.Equal(required, moved);
    }

    [Fact]
    public void Inactive_and_detached_the_model_is_as_before()
    {
        using var model = Make.Model(() => new Mixed());
        var before = ModelState.Of(model);
        var bits = ModelState.BitsOf(model);
        using var adapter = Attach(model);
        Train(model, adapter, steps: 3);
        var trained = ModelState.BitsOf(model);
        Assert.NotEqual(bits, trained);

        adapter.IsActive = false;
        Assert.Equal(Unselected(trained), Unselected(ModelState.BitsOf(model)));
        Assert.Equal(Selected(bits), Selected(ModelState.BitsOf(model)));
        adapter.IsActive = true;
        Assert.Equal(trained, ModelState.BitsOf(model));
        adapter.Detach();
        Assert.Equal(Selected(before), Selected(ModelState.Of(model)));
    }

    [Fact]
    public void Merging_keeps_the_trained_values_and_ends_training()
    {
        using var model = Make.Model(() => new Mixed());
        var before = ModelState.Of(model);
        var adapter = Attach(model);
        Train(model, adapter, steps: 3);
        var trained = ModelState.BitsOf(model);

        adapter.Merge();
        Assert.Equal(trained, ModelState.BitsOf(model));
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
        adapter.Unmerge();
        Assert.Equal(trained, ModelState.BitsOf(model));
        Assert.All(adapter.TrainedParameters(), parameter => Assert.True(parameter.requires_grad));
        adapter.Merge();
        adapter.Detach();
        Assert.Equal(Selected(before), Selected(ModelState.Of(model)));

        adapter.Dispose();
        adapter = Attach(model);
        Train(model, adapter, steps: 3);
        trained = ModelState.BitsOf(model);
        Assert.Same(model, adapter.MergeAndUnload());
        Assert.Equal(trained, ModelState.BitsOf(model));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Saved_and_loaded_the_values_are_the_same(ScalarType type)
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new Mixed(), dtype: type);
        IReadOnlyList<string> trained;
        using (var adapter = Attach(model))
        {
            Train(model, adapter, steps: 3);
            trained = ModelState.BitsOf(model);
            adapter.Save(folder.Path);
        }

        using var other = Make.Model(() => new Mixed(), dtype: type);
        using var loaded = AttachFrom(other, folder.Path);
        Assert.Equal(Selected(trained), Selected(ModelState.BitsOf(other)));

        // A second training goes on.
        Train(other, loaded, steps: 1);
        Assert.NotEqual(Selected(trained), Selected(ModelState.BitsOf(other)));
    }

    [Fact]
    public void Counted_without_weights_it_is_what_trains()
    {
        using var model = Make.Model(() => new Mixed());
        using var adapter = Attach(model);

        Assert.Equal(adapter.TrainedParameters().Sum(parameter => parameter.numel()), adapter.ParameterCount.Trainable);
        Assert.Equal(adapter.ParameterCount, Count());
    }

    [Fact]
    public void It_learns_a_batch()
    {
        using var model = Make.Model(() => new Mixed());
        using var adapter = Attach(model);
        var first = Loss(model).item<float>();

        Train(model, adapter, steps: 400);

        Assert.True(Loss(model).item<float>() < 0.9 * first, $"400 steps should lower the loss, which was {first} and is {Loss(model).item<float>()}.");
    }

    [Fact]
    public void A_hundred_steps_leave_nothing_behind()
    {
        using var model = Make.Model(() => new Mixed());
        using var adapter = Attach(model);
        using var optimizer = optim.AdamW(adapter.TrainedParameters());

        Assert.Equal(0, LiveTensors.LeftBy(
            () =>
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                Loss(model).backward();
                optimizer.step();
            },
            times: 100));
    }

    private static Tensor Loss(Mixed model)
    {
        var ids = Mixed.Ids;
        return nn.functional.cross_entropy(model.forward(ids).to(ScalarType.Float32).view(-1, Mixed.Vocabulary), ids.roll(1, 1).view(-1));
    }

    private static void Train(Mixed model, AdapterBase adapter, int steps)
    {
        using var optimizer = optim.Adam(adapter.TrainedParameters(), lr: 0.05);
        for (var i = 0; i < steps; i++)
        {
            optimizer.zero_grad();
            Loss(model).backward();
            optimizer.step();
        }
    }

    private static Dictionary<string, string> Values(Mixed model)
    {
        return model.state_dict().ToDictionary(entry => entry.Key, entry => Convert.ToHexString(Expect.Bytes(entry.Value)));
    }

    private string[] Selected(IEnumerable<string> lines) => [.. lines.Where(line => Trained.Contains(line.Split(' ')[0]))];

    private string[] Unselected(IEnumerable<string> lines) => [.. lines.Where(line => !Trained.Contains(line.Split(' ')[0]))];
}
