using System.ComponentModel;
using System.Globalization;

namespace LoraGen;

/// <summary>What a container's modules are named and how they are registered by.</summary>
internal enum ContainerKind
{
    /// <summary>A <c>ModuleList</c>.</summary>
    List,

    /// <summary>A <c>ModuleDict</c>.</summary>
    Dictionary,

    /// <summary>A <c>Sequential</c>.</summary>
    Sequential,
}

/// <summary>A <c>ModuleList</c>, <c>ModuleDict</c> or <c>Sequential</c> that was not made. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContainerShape : ModuleShape
{
    private readonly ContainerKind _kind;
    private readonly List<(string Name, ModuleShape Module)> _items = [];

    internal ContainerShape(ContainerKind kind) => _kind = kind;

    internal bool IsList => _kind == ContainerKind.List;

    internal IEnumerable<ModuleShape> Items => _items.Select(item => item.Module);

    // A Sequential tells what is in it; the others what was in them when they were registered.
    internal override IEnumerable<(string Name, ModuleShape Module)> Children => _kind == ContainerKind.Sequential ? _items : base.Children;

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
        if (_kind == ContainerKind.Dictionary && _items.Exists(item => item.Name == name))
            throw new InvalidOperationException($"{name} is in the ModuleDict already: the model's constructor would throw.");
        _items.Add((name, module));
    }

    /// <summary>Adds modules under names.</summary>
    public void Add(params (string Name, ModuleShape Module)[] modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        foreach (var (name, module) in modules)
            Add(name, module);
    }

    /// <summary>Adds what is in a list, where it has no name under the next index.</summary>
    public void Add(ShapeList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        foreach (var (name, module) in list.Items)
            Add(name ?? _items.Count.ToString(CultureInfo.InvariantCulture), module);
    }

    /// <summary>The module at an index.</summary>
    public ModuleShape Item(int index) => _items[index].Module;

    /// <summary>The module of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public ModuleShape Item(string name)
    {
        return _items.Find(item => item.Name == name).Module
            ?? throw new InvalidOperationException($"{name} is not in the ModuleDict: the model's constructor would throw.");
    }

    /// <inheritdoc/>
    public override void RegisterComponents()
    {
        if (_kind == ContainerKind.Sequential || _isRegistered)
            return;

        foreach (var (name, module) in _items)
            RegisterModule(name, module);
        _isRegistered = true;
    }
}
