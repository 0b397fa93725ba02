using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Parameters as a method declares them: those of a site, which sites with one weight share, or those of all sites of an adapter.</summary>
public sealed class ParameterSet
{
    private readonly Parameter[] _parameters;

    /// <summary>Makes the parameters, without values so far.</summary>
    internal ParameterSet(IReadOnlyList<ParameterSpec> specs, ScalarType dtype, Device device)
    {
        Specs = specs;
        _parameters = [.. specs.Select(spec => Create(spec, dtype, device))];
    }

    /// <summary>The parameter that was declared under the name.</summary>
    /// <exception cref="KeyNotFoundException">None was.</exception>
    public Parameter this[string name] => Find(name) ?? throw new KeyNotFoundException(
        $"The method declares no parameter \"{name}\"; there are {string.Join(", ", Specs.Select(spec => spec.Name))}.");

    internal IReadOnlyList<ParameterSpec> Specs { get; }

    /// <summary>In the order of <see cref="Specs"/>.</summary>
    internal IReadOnlyList<Parameter> All => _parameters;

    internal IEnumerable<Parameter> Trained => _parameters.Where((_, index) => Specs[index].Trains);

    internal Parameter this[int index] => _parameters[index];

    internal Parameter? Find(string name)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (Specs[i].Name == name)
                return _parameters[i];
        }

        return null;
    }

    /// <summary>Replaces the parameters by copies on the device, in the type.</summary>
    internal void To(Device? device, ScalarType? dtype)
    {
        for (var i = 0; i < _parameters.Length; i++)
            _parameters[i] = Moved(_parameters[i], device, dtype);
    }

    internal void Dispose()
    {
        foreach (var parameter in _parameters)
            parameter.Dispose();
    }

    private static Parameter Create(ParameterSpec spec, ScalarType dtype, Device device)
    {
        // A parameter takes its tensor's place in the caller's dispose scope, where it would die with the scope.
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
