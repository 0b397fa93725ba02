using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The parameters that a method declares for a site, or for all sites of an adapter. Sites that share a weight have one set.</summary>
public sealed class ParameterSet
{
    private static readonly ConditionalWeakTable<Parameter, ParameterSet> Sets = [];

    private readonly Parameter[] _parameters;
    private bool _isDisposed;

    /// <summary>Creates the parameters, with uninitialized values.</summary>
    internal ParameterSet(IReadOnlyList<ParameterSpec> specs, ScalarType dtype, Device device)
    {
        Specs = specs;
        _parameters = [.. specs.Select(spec => Create(spec, dtype, device))];
        Register();
    }

    /// <summary>Returns the parameter that was declared with the name.</summary>
    /// <exception cref="KeyNotFoundException">No parameter was declared with the name.</exception>
    public Parameter this[string name] => Find(name) ?? throw new KeyNotFoundException(
        $"The method declares no parameter \"{name}\"; it declares {string.Join(", ", Specs.Select(spec => spec.Name))}.");

    internal IReadOnlyList<ParameterSpec> Specs { get; }

    /// <summary>The parameters in the order of <see cref="Specs"/>.</summary>
    internal IReadOnlyList<Parameter> All => Existing();

    internal IEnumerable<Parameter> Trained => Existing().Where((_, index) => Specs[index].Trains);

    /// <summary>The parameters that are no buffers.</summary>
    internal IEnumerable<Parameter> Counted => Existing().Where((_, index) => Specs[index].IsCounted);

    internal Parameter this[int index] => Existing()[index];

    internal Parameter? Find(string name)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (Specs[i].Name == name)
                return Existing()[i];
        }

        return null;
    }

    /// <summary>Replaces the parameters by copies on the device and in the type.</summary>
    internal void To(Device? device, ScalarType? dtype)
    {
        for (var i = 0; i < _parameters.Length; i++)
            _parameters[i] = Moved(_parameters[i], device, dtype);
        Register();
    }

    /// <summary>Whether a parameter belongs to an adapter, and not to a base model.</summary>
    internal static bool Has(Parameter parameter) => Sets.TryGetValue(parameter, out _);

    internal void Dispose()
    {
        _isDisposed = true;
        foreach (var parameter in _parameters)
            parameter.Dispose();
    }

    private void Register()
    {
        foreach (var parameter in _parameters)
            Sets.AddOrUpdate(parameter, this);
    }

    // TorchSharp would speak of an empty handle.
    private Parameter[] Existing()
    {
        return _isDisposed
            ? throw new ObjectDisposedException(nameof(ParameterSet), "The adapter is disposed and has no parameters. Attach a new one to the model.")
            : _parameters;
    }

    private static Parameter Create(ParameterSpec spec, ScalarType dtype, Device device)
    {
        // A parameter replaces its tensor in the caller's dispose scope, which would dispose it.
        var parameter = new Parameter(empty([.. spec.Shape], dtype: dtype, device: device), spec.Trains);
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    private static Parameter Moved(Parameter parameter, Device? device, ScalarType? dtype)
    {
        using var noGrad = no_grad();
        using var values = parameter.detach();
        var tensor = values.to(dtype ?? parameter.dtype, device ?? parameter.device, copy: true);
        var moved = new Parameter(tensor, parameter.requires_grad);
        moved.DetachFromDisposeScope();
        parameter.Dispose();
        return moved;
    }
}
