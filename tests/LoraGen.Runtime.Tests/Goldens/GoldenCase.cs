using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>One folder of numbers that PEFT computed; see the README beside it.</summary>
internal sealed class GoldenCase(string name) : GoldenFolder(name, TestDevice.Device)
{
    public Tensor Input => Inputs.Single().Value;

    public Toy Model() => Model(() => new Toy());

    /// <summary>The model with the numbers that PEFT's had.</summary>
    /// <param name="create">Creates the model.</param>
    /// <param name="within">The path of the model in PEFT's, with a dot; empty if it is the whole.</param>
    public T Model<T>(Func<T> create, string within = "")
        where T : nn.Module
    {
        using var noGrad = no_grad();
        var model = Make.Model(create);
        var state = model.state_dict();
        var weights = Read("base.safetensors").ToDictionary(entry => entry.Key[within.Length..], entry => entry.Value, StringComparer.Ordinal);
        Assert.Equal(weights.Keys.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, weight) in weights)
            state[name].copy_(weight);
        return model;
    }

    /// <summary>Gives the adapter the numbers that PEFT's had.</summary>
    public T Load<T>(T adapter, string subfolder = "")
        where T : Adapter
    {
        using var noGrad = no_grad();
        var tensors = AdapterTensors(subfolder);
        Assert.Equal(adapter.TrainedParameters().Count, tensors.Keys.Count(IsOfSite));
        foreach (var (key, tensor) in tensors)
        {
            var parameter = IsOfSite(key) ? Parameter(adapter, key) : adapter.Sites[0].Shared![key["base_model.vera_".Length..]];
            Assert.Equal(tensor.shape, parameter.shape);
            parameter.copy_(tensor);
        }

        return adapter;
    }

    // Others are of all sites.
    private static bool IsOfSite(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The numbers that PEFT's adapter had, by PEFT's keys.</summary>
    public Dictionary<string, Tensor> AdapterTensors(string subfolder = "") => Read("adapter", subfolder, "adapter_model.safetensors");

    /// <summary>The parameter of a site that PEFT's files call so, or the one of the base model.</summary>
    public static Tensor Parameter(Adapter adapter, string key)
    {
        var name = key[Prefix.Length..];
        return adapter.Sites
            .SelectMany(site => site.Own.Specs.Zip(site.Own.All).Select(pair => (Name: site.Path + pair.First.PeftSuffix, Parameter: (Tensor)pair.Second)))
            .Where(parameter => parameter.Name == name)
            .Select(parameter => parameter.Parameter)
            .FirstOrDefault() ?? ((Adapter<Toy>)adapter).BaseModel.state_dict()[name.Replace(".base_layer.", ".", StringComparison.Ordinal)];
    }
}
