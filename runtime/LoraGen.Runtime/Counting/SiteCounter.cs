using System.ComponentModel;
using System.Globalization;
using LoraGen.Targets;

namespace LoraGen;

/// <summary>
/// What <see cref="SiteCollector"/> and attaching would find in a model that was not made: which layers are adapted, what trains there, and which
/// parameters there are. Generated code hands the shapes over as it hands over the modules. Not for use by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SiteCounter
{
    private readonly TargetSet _targets;
    private readonly HashSet<ModuleShape> _met = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ModuleShape> _ignored = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ParameterShape> _parameters = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ModuleShape, string> _adapted = new(ReferenceEqualityComparer.Instance);
    private readonly List<(ParameterShape? Weight, SiteCount Site)> _sites = [];
    private readonly List<string> _layers = [];

    /// <summary>For one count.</summary>
    public SiteCounter(string[] targets, string[] exclude) => _targets = new TargetSet(targets, exclude);

    /// <summary>A layer that the targets meet.</summary>
    public void Add(string path, ModuleShape? layer, AdapterMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (layer is null)
            return;
        if (method.CountTrainable(layer) is { } trainable)
            Adapt(path, layer, method, trainable);
        else
            Rest(path + ".", layer, method);
    }

    /// <summary>A module that may be such a layer, or hold some.</summary>
    public void AddIfTargeted(string path, ModuleShape? module, AdapterMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (module is null)
            return;
        if (method.CountTrainable(module) is not { } trainable)
        {
            Rest(path + ".", module, method);
        }
        else if (!_adapted.ContainsKey(module))
        {
            if (_targets.Contains(path))
                Adapt(path, module, method, trainable);
            else if (Meet(module))
                _layers.Add(path);
        }
    }

    /// <summary>Each module of a list, by its path and itself.</summary>
    public void List(string path, ModuleShape? list, Action<string, ModuleShape> each)
    {
        ArgumentNullException.ThrowIfNull(each);
        if (list is not ContainerShape container)
            return;

        Meet(list);
        foreach (var (module, index) in container.Items.Select((module, index) => (module, index)))
            each(string.Create(CultureInfo.InvariantCulture, $"{path}.{index}"), module);
    }

    /// <summary>Keeps a module and all in it out.</summary>
    public void Ignore(string path, ModuleShape? module)
    {
        if (module is null || !_ignored.Add(module))
            return;
        if (_adapted.TryGetValue(module, out var site))
        {
            throw new InvalidOperationException(
                $"{path} is ignored, but it is the layer that is adapted as {site}. Put [LoraIgnore] there too, or take it away.");
        }

        Meet(module);
        foreach (var (name, child) in module.Children)
            Ignore($"{path}.{name}", child);
    }

    /// <summary>To be called last for each module: what is registered and was not handed over.</summary>
    public void Rest(string prefix, ModuleShape module, AdapterMethod method)
    {
        ArgumentNullException.ThrowIfNull(module);
        Meet(module);
        foreach (var (name, child) in module.Children)
        {
            if (!_met.Contains(child) || method.CountTrainable(child) is not null)
                AddIfTargeted(prefix + name, child, method);
        }
    }

    /// <summary>The count, when everything is handed over.</summary>
    /// <param name="adapter">The adapter, as messages name it.</param>
    /// <exception cref="InvalidOperationException">A target meets no layer, or none is adapted: attaching would throw.</exception>
    public ParameterCount Count(string adapter)
    {
        _targets.EnsureEachMeets(adapter, _layers);
        if (_sites.Count == 0)
        {
            throw new InvalidOperationException(
                $"{adapter}: none of the model's {_layers.Count} layers is adapted. Look at Targets, Exclude and [LoraIgnore].");
        }

        // Of several layers with one weight the first has the site.
        var weights = new HashSet<ParameterShape>(ReferenceEqualityComparer.Instance);
        SiteCount[] sites = [.. _sites.Where(entry => entry.Weight is null || weights.Add(entry.Weight)).Select(entry => entry.Site)];
        var trainable = sites.Sum(site => site.Trainable);
        return new ParameterCount(trainable, checked(trainable + _parameters.Sum(parameter => parameter.Elements))) { Sites = sites };
    }

    private void Adapt(string path, ModuleShape layer, AdapterMethod method, long trainable)
    {
        _layers.Add(path);
        if (_ignored.Contains(layer) || _adapted.ContainsKey(layer))
            return;

        method.Validate(path);
        Meet(layer);
        _adapted.Add(layer, path);
        _sites.Add((layer.Weight, new SiteCount(path, trainable)));
    }

    private bool Meet(ModuleShape module)
    {
        if (!_met.Add(module))
            return false;

        _parameters.UnionWith(module.Parameters);
        return true;
    }
}
