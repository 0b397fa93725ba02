using System.ComponentModel;
using LoraGen.Targets;

namespace LoraGen;

/// <summary>
/// What <see cref="SiteCollector"/> and attaching would find in a model that was not made: which layers are adapted, what trains there, and which
/// parameters there are. Generated code hands the shapes over as it hands over the modules. Not for use by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class SiteCounter
{
    private readonly TargetSet _targets;
    private readonly ListIndices _indices;
    private readonly HashSet<ModuleShape> _met = [];
    private readonly HashSet<ModuleShape> _ignored = [];
    private readonly HashSet<ParameterShape> _parameters = [];
    private readonly Dictionary<LayerShape, string> _adapted = [];
    private readonly List<CountedSite> _sites = [];
    private readonly List<string> _layers = [];

    /// <summary>For one count.</summary>
    /// <exception cref="ArgumentException"><paramref name="layers"/> are no indices.</exception>
    public SiteCounter(string[] targets, string[] exclude, string? layers = null)
    {
        _targets = new TargetSet(targets, exclude);
        _indices = new ListIndices(layers);
    }

    /// <summary>A layer that the targets meet.</summary>
    public void Add(string path, ModuleShape? layer, AdapterMethod method)
    {
        if (layer is not LayerShape found)
            AddIfTargeted(path, layer, method);
        else if (_indices.ContainOrPass(path))
            Adapt(path, found, method);
        else
            Pass(path, found);
    }

    /// <summary>A module that may be such a layer, or hold some.</summary>
    public void AddIfTargeted(string path, ModuleShape? module, AdapterMethod method)
    {
        if (module is null)
            return;

        if (module is not LayerShape layer)
            Rest(path + ".", module, method);
        else if (_adapted.ContainsKey(layer))
            return;
        else if (_targets.Contains(path, layer.IsAdaptedUntargeted) && _indices.Contain(path))
            Adapt(path, layer, method);
        else
            Pass(path, layer);
    }

    /// <summary>Each module of a list, by its path and itself.</summary>
    public void List(string path, ModuleShape? list, Action<string, ModuleShape> each)
    {
        ArgumentNullException.ThrowIfNull(each);
        if (list is not ContainerShape container)
            return;

        Meet(path, list);
        foreach (var (module, index) in container.Items.Select((module, index) => (module, index)))
            each(FormattableString.Invariant($"{path}.{index}"), module);
    }

    /// <summary>Keeps a module and all in it out.</summary>
    public void Ignore(string path, ModuleShape? module)
    {
        if (module is null || !_ignored.Add(module))
            return;
        if (module is LayerShape layer && _adapted.TryGetValue(layer, out var site))
        {
            throw new InvalidOperationException(
                $"{path} is ignored, but it is the layer that is adapted as {site}. Put [LoraIgnore] there too, or take it away.");
        }

        Meet(path, module);
        foreach (var (name, child) in module.Children)
            Ignore($"{path}.{name}", child);
    }

    /// <summary>To be called last for each module: what is registered and was not handed over.</summary>
    public void Rest(string prefix, ModuleShape module, AdapterMethod method)
    {
        ArgumentNullException.ThrowIfNull(module);
        Meet(prefix.TrimEnd('.'), module);
        foreach (var (name, child) in module.Children)
        {
            if (!_met.Contains(child) || child is LayerShape)
                AddIfTargeted(prefix + name, child, method);
        }
    }

    /// <summary>Elements that train, elements in all, and the sites in order.</summary>
    /// <param name="adapter">The adapter, as messages name it.</param>
    internal (long Trainable, long Total, IReadOnlyList<CountedSite> Sites) CountElements(string adapter)
    {
        _targets.EnsureEachMeets(adapter, _layers);
        _indices.EnsureEachMeets(adapter, _targets, _layers, _sites.Select(site => site.Path));
        _targets.EnsureSomeAreAdapted(adapter, _layers.Count, _sites.Count);

        CountedSite[] sites = [.. _sites.Where(IsFirstOfItsWeight)];
        var added = sites.Sum(site => site.Trainable);
        var (trained, copied) = CountTrained();
        var total = _parameters.Sum(parameter => parameter.Elements);
        return (checked(added + trained), checked(total + added + copied), sites);
    }

    // Of several layers with one weight the first has the site.
    private bool IsFirstOfItsWeight(CountedSite site)
    {
        return _sites.First(other => ReferenceEquals(other.Layer.Weight, site.Layer.Weight) && other.Layer.IsLike(site.Layer)) == site;
    }

    private void Adapt(string path, LayerShape layer, AdapterMethod method)
    {
        _layers.Add(path);
        if (_ignored.Contains(layer) || _adapted.ContainsKey(layer))
            return;

        method.Validate(path);
        Meet(path, layer);
        _adapted.Add(layer, path);
        _sites.Add(new CountedSite(path, layer, method, method.CountTrainable(path, layer)));
    }

    // A layer that is not adapted.
    private void Pass(string path, LayerShape layer)
    {
        if (Meet(path, layer))
            _layers.Add(path);
    }

    private bool Meet(string path, ModuleShape module)
    {
        if (!_met.Add(module))
            return false;

        _parameters.UnionWith(module.Parameters.Select(own => own.Parameter));
        if (module is ContainerShape { IsList: true } list)
            _indices.Remember(path, list.Items.Count());
        return true;
    }
}
