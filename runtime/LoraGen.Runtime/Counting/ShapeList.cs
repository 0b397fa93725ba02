using System.ComponentModel;

namespace LoraGen;

/// <summary>A list or an array of modules that were not made, named or not. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ShapeList
{
    private readonly List<(string? Name, ModuleShape? Module)> _items = [];

    /// <summary>With nothing in it.</summary>
    public ShapeList()
    {
    }

    /// <summary>Of these modules.</summary>
    public ShapeList(params ModuleShape?[] modules) => Add(modules);

    /// <summary>Of these modules, with their names.</summary>
    public ShapeList(params (string Name, ModuleShape? Module)[] modules) => Add(modules);

    /// <summary>Of what is in another list.</summary>
    public ShapeList(ShapeList list) => Add(list);

    /// <summary>How many there are.</summary>
    public int Count => _items.Count;

    internal IEnumerable<(string? Name, ModuleShape Module)> Items => _items.Select(item => (
        item.Name,
        item.Module ?? throw new InvalidOperationException("A container can't be made of null: the model's constructor would throw.")));

    /// <summary>The module at an index; null where there is none yet.</summary>
    public ModuleShape? this[int index] { get => _items[index].Module; set => _items[index] = (_items[index].Name, value); }

    /// <summary>An array of so many, nothing in it yet.</summary>
    public static ShapeList OfLength(long length) => new(new ModuleShape?[length]);

    /// <summary>Adds modules.</summary>
    public void Add(params ModuleShape?[] modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        _items.AddRange(modules.Select(module => (default(string), module)));
    }

    /// <summary>Adds modules with their names.</summary>
    public void Add(params (string Name, ModuleShape? Module)[] modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        _items.AddRange(modules.Select(module => ((string?)module.Name, module.Module)));
    }

    /// <summary>Adds what is in another list.</summary>
    public void Add(ShapeList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        _items.AddRange([.. list._items]);
    }
}
