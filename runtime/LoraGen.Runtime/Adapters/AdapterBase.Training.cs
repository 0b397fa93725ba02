using System.ComponentModel;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>What a method adds to a training loop.</content>
public abstract partial class AdapterBase
{
    /// <summary>
    /// The scalar that the method adds to the loss: <c>var loss = mse_loss(output, target) + penalty</c>. Null if the method adds nothing, like LoRA, DoRA and
    /// IA³.
    /// </summary>
    /// <exception cref="InvalidOperationException">The adapter is detached.</exception>
    public Tensor? Penalty()
    {
        EnsureAttached();
        using var scope = NewDisposeScope();
        var penalties = _sites.Select(site => site.Method.Penalty(site)).OfType<Tensor>().ToArray();
        return penalties.Length == 0 ? null : penalties.Aggregate((sum, next) => sum + next).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The trained parameters with their names: the path of the site or the module, and the name in it, such as <c>layers.0.attn.q_proj.B</c>. Parameters that
    /// all sites share have their own name only. The order is that of <see cref="IParameterSource.Parameters"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    public IReadOnlyList<(string Name, Parameter Parameter)> NamedParameters()
    {
        EnsureNotDisposed();
        return
        [
            .. _sites.SelectMany(site => Named(site.Own, site.Path + ".")),
            .. _shared is null ? [] : Named(_shared, string.Empty),
            .. IsAttached ? _trained.Tensors.Where(tensor => tensor.Parameter is not null).Select(tensor => (tensor.Path, tensor.Parameter!)) : [],
        ];

        static IEnumerable<(string Name, Parameter Parameter)> Named(ParameterSet set, string prefix)
        {
            return set.Specs.Zip(set.All).Where(pair => pair.First.Trains).Select(pair => (prefix + pair.First.Name, pair.Second));
        }
    }

    /// <summary>
    /// The trained parameters: those of each site in the order of <see cref="Sites"/>, then those that all sites share. While the adapter is attached, the
    /// trained parameters of the base model follow: those of [Trainable] members, then the biases.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal IReadOnlyList<Parameter> TrainedParameters()
    {
        EnsureNotDisposed();
        return [.. Sets.SelectMany(set => set.Trained), .. IsAttached ? _trained.Parameters : []];
    }
}
