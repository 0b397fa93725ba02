using System.ComponentModel;

namespace LoraGen;

/// <summary>
/// A module that was not made: what it would hold and register, in TorchSharp's order, without a weight. Generated code mirrors a model's constructors
/// into these. Not for use by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class ModuleShape
{
    private readonly string[] _fields;
    private readonly Dictionary<string, ModuleShape?> _modules = [];
    private readonly Dictionary<string, ParameterShape?> _parameters = [];
    private readonly List<(string Name, ModuleShape Module)> _children = [];
    private readonly List<(string Name, ParameterShape Parameter)> _own = [];
    private bool _isRegistered;

    /// <summary>Of a class with those fields, named as they are registered.</summary>
    public ModuleShape(params string[] fields) => _fields = fields;

    /// <summary>The module in a field; null where there is none.</summary>
    public ModuleShape? this[string field] { get => _modules.GetValueOrDefault(field); set => _modules[field] = value; }

    /// <summary>The weight of one of TorchSharp's layers; null where it has none.</summary>
    public ParameterShape? Weight { get; set; }

    /// <summary>The bias of one of TorchSharp's layers; null where it has none.</summary>
    public ParameterShape? Bias { get; set; }

    internal virtual IEnumerable<(string Name, ModuleShape Module)> Children => _children;

    /// <summary>Its own, not its children's, as they are registered.</summary>
    internal IEnumerable<(string Name, ParameterShape Parameter)> Parameters
    {
        get
        {
            foreach (var own in _own)
                yield return own;
            if (Weight is { } weight)
                yield return ("weight", weight);
            if (Bias is { } bias)
                yield return ("bias", bias);
        }
    }

    /// <summary>The parameter in a field; null where there is none.</summary>
    public ParameterShape? GetParameter(string field) => _parameters.GetValueOrDefault(field);

    /// <summary>Puts a parameter into a field.</summary>
    public void SetParameter(string field, ParameterShape? parameter) => _parameters[field] = parameter;

    /// <summary>As <c>RegisterComponents</c>: once, and whatever is in the fields at that moment.</summary>
    public virtual void RegisterComponents()
    {
        if (_isRegistered)
            return;

        foreach (var field in _fields)
        {
            if (_children.Exists(child => child.Name == field) || _own.Exists(own => own.Name == field))
                continue;
            if (_modules.GetValueOrDefault(field) is { } module)
                RegisterModule(field, module);
            if (_parameters.GetValueOrDefault(field) is { } parameter)
                RegisterParameter(field, parameter);
        }

        _isRegistered = true;
    }

    /// <summary>As <c>register_module</c>, which registers the module's own components too; null takes away what has the name.</summary>
    public void RegisterModule(string name, ModuleShape? module)
    {
        if (module is null)
        {
            _children.RemoveAll(child => child.Name == name);
            return;
        }

        if (name.Length == 0 || name.Contains('.'))
            throw new ArgumentException($"A module can't be registered as \"{name}\": the model's constructor would throw.", nameof(name));
        if (_children.Exists(child => child.Name == name))
            throw new InvalidOperationException($"Sub-module {name} is already registered: the model's constructor would throw.");
        module.RegisterComponents();
        _children.Add((name, module));
    }

    /// <summary>As <c>register_parameter</c>.</summary>
    public void RegisterParameter(string name, ParameterShape parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (_own.Exists(own => own.Name == name))
            throw new InvalidOperationException($"Parameter {name} is already registered: the model's constructor would throw.");
        _own.Add((name, parameter));
    }

    /// <summary>What is registered under a name; null where nothing is.</summary>
    public ModuleShape? Child(string name) => Children.FirstOrDefault(child => child.Name == name).Module;
}
