using System.ComponentModel;
using System.Globalization;

namespace LoraGen;

/// <summary>A <c>ModuleList</c> or a <c>Sequential</c> that was not made. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContainerShape : ModuleShape
{
    private readonly bool _registersAtOnce;
    private readonly List<(string Name, ModuleShape Module)> _items = [];

    internal ContainerShape(bool registersAtOnce) => _registersAtOnce = registersAtOnce;

    /// <summary>Whether it is a <c>ModuleList</c>.</summary>
    internal bool IsList => !_registersAtOnce;

    internal IEnumerable<ModuleShape> Items => _items.Select(item => item.Module);

    // A Sequential tells what is in it; a ModuleList what was in it when it was registered.
    internal override IEnumerable<(string Name, ModuleShape Module)> Children => _registersAtOnce ? _items : base.Children;

    private bool _isRegistered;

    /// <summary>Adds modules under the next indices.</summary>
    public void Add(params ModuleShape[] modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        foreach (var module in modules)
            Add(_items.Count.ToString(CultureInfo.InvariantCulture), module);
    }

    /// <summary>Adds a module under a name.</summary>
    public void Add(string name, ModuleShape module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _items.Add((name, module));
    }

    /// <inheritdoc/>
    public override void RegisterComponents()
    {
        if (_registersAtOnce || _isRegistered)
            return;

        foreach (var (name, module) in _items)
            RegisterModule(name, module);
        _isRegistered = true;
    }
}
