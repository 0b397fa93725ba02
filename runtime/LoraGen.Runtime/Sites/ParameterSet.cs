using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The parameters of a site as its method declares them. Sites with one weight share one set.</summary>
internal sealed class ParameterSet
{
    private readonly Parameter[] _parameters;

    /// <summary>Makes the parameters, without values so far.</summary>
    public ParameterSet(IReadOnlyList<ParameterSpec> specs, ScalarType dtype, Device device)
    {
        Specs = specs;
        _parameters = [.. specs.Select(spec => Create(spec, dtype, device))];
    }

    public IReadOnlyList<ParameterSpec> Specs { get; }

    /// <summary>In the order of <see cref="Specs"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    public Parameter this[int index] => _parameters[index];

    /// <summary>Replaces the parameters by copies on the device, in the type.</summary>
    public void To(Device? device, ScalarType? dtype)
    {
        for (var i = 0; i < _parameters.Length; i++)
            _parameters[i] = Moved(_parameters[i], device, dtype);
    }

    public void Dispose()
    {
        foreach (var parameter in _parameters)
            parameter.Dispose();
    }

    private static Parameter Create(ParameterSpec spec, ScalarType dtype, Device device)
    {
        // A parameter takes its tensor's place in the caller's dispose scope, where it would die with the scope.
        var parameter = new Parameter(empty([.. spec.Shape], dtype: dtype, device: device));
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
