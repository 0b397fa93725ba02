using System.Collections;
using System.ComponentModel;
using System.Globalization;
using LoraGen.Targets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// What generated code hands the model's modules to, in the order of <see cref="AdapterBase.Sites"/>: it makes the sites and remembers every module met, so
/// that the rest of the model, which the compiler could not name, is found by walking what is registered. Not for use by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class SiteCollector
{
    private readonly TargetSet _targets;
    private readonly ListIndices _indices;
    private readonly BaseLayers _baseLayers = new();
    private readonly ScalarType? _dtype;
    private readonly Dictionary<nn.Module, Site?> _met = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nn.Module> _ignored = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Path, nn.Module Module)> _modules = [];
    private readonly List<Site> _sites = [];
    private readonly List<string> _layers = [];

    /// <summary>For one attach.</summary>
    /// <exception cref="ArgumentException"><paramref name="layers"/> are no indices, or <paramref name="dtype"/> has no gradients.</exception>
    public SiteCollector(string[] targets, string[] exclude, ScalarType? dtype, string? layers = null)
    {
        if (dtype is { } asked && !is_floating_point(asked))
            throw new ArgumentException($"dtype is {asked}, but an adapter trains: use Float32, BFloat16, Float16 or Float64.", nameof(dtype));

        _indices = new ListIndices(layers);
        _targets = new TargetSet(targets, exclude);
        _dtype = dtype;
    }

    internal IReadOnlyList<Site> Sites => _sites;

    /// <summary>Every module met, ignored ones too: what attaching freezes.</summary>
    internal IReadOnlyList<(string Path, nn.Module Module)> Modules => _modules;

    internal IEnumerable<BaseLayer> Layers => _baseLayers.Known;

    /// <summary>Paths of every layer that could be adapted.</summary>
    internal IReadOnlyList<string> LayerPaths => _layers;

    /// <summary>Paths of the lists that a restriction to some indices is about.</summary>
    internal IReadOnlyList<string> RestrictedLists => _indices.Lists(_layers);

    internal ScalarType? DType => _dtype;

    internal void EnsureTargetsMeet(string adapter, AdapterMethod method)
    {
        _targets.EnsureEachMeets(adapter, _layers);
        _indices.EnsureEachMeets(adapter, _targets, _layers, _sites.Select(site => site.Path));
        _targets.EnsureSomeAreAdapted(adapter, _layers.Count, _sites.Count);
        foreach (var (option, patterns) in method.PathOptions)
            TargetSet.EnsureEachMeetsSite(adapter, option, patterns, [.. _sites.Select(site => site.Path)]);
    }

    /// <summary>What a <see cref="LinearLayerAttribute"/> says of a class, as code that reads its members.</summary>
    public void Describe<TLayer>(
        Func<TLayer, long>? inFeatures = null, Func<TLayer, long>? outFeatures = null, Func<TLayer, Tensor?>? weight = null,
        Func<TLayer, Tensor?>? bias = null)
        where TLayer : nn.Module<Tensor, Tensor> => _baseLayers.Describe(inFeatures, outFeatures, weight, bias);

    /// <summary>A layer that the targets meet. Null where the model left the member null, or holds something else there, which is walked.</summary>
    public TSite? Add<TSite>(string path, nn.Module? layer, AdapterMethod method)
        where TSite : Site
    {
        if (layer is null)
            return null;
        if (_baseLayers.Find(layer) is { } found)
            return (_indices.ContainOrPass(path) ? Adapt(path, found, method) : Pass(path, layer)) as TSite;

        Rest(path + ".", layer, method);
        return null;
    }

    /// <summary>A module that may be such a layer, or hold some: told by its type and its path. Null where it is none.</summary>
    public TSite? AddIfTargeted<TSite>(string path, nn.Module? module, AdapterMethod method)
        where TSite : Site
    {
        return module is null ? null : Walk(path, module, method) as TSite;
    }

    /// <summary>One thing for each module of a list, which tells its path and itself.</summary>
    public IReadOnlyList<T> List<TModule, T>(string path, ModuleList<TModule>? list, Func<string, TModule, T> make)
        where TModule : nn.Module
    {
        if (list is null)
            return [];

        Meet(path, list);
        return [.. list.Select((module, index) => make(string.Create(CultureInfo.InvariantCulture, $"{path}.{index}"), module))];
    }

    /// <summary>
    /// A collection that TorchSharp does not register, nested or keyed ones too. What is registered by hand was met before, under its registered name.
    /// </summary>
    public void AddLoose(string path, IEnumerable? modules, AdapterMethod method)
    {
        foreach (var (key, item) in LooseItems.Of(modules))
        {
            var place = $"{path}.{key}";
            if (item is not nn.Module module)
                AddLoose(place, item as IEnumerable, method);
            else if (!_met.ContainsKey(module))
                Walk(place, module, method);
        }
    }

    /// <summary>Keeps the modules of a collection that is not registered, and all in them, out.</summary>
    public void IgnoreLoose(string path, IEnumerable? modules)
    {
        foreach (var (key, item) in LooseItems.Of(modules))
        {
            if (item is nn.Module module)
                Ignore($"{path}.{key}", module);
            else
                IgnoreLoose($"{path}.{key}", item as IEnumerable);
        }
    }

    /// <summary>For a generated property whose site is not there.</summary>
    public static InvalidOperationException Missing(string member)
    {
        return new InvalidOperationException($"This model has no layer to adapt at \"{member}\": the member is null, or holds something else.");
    }

    /// <summary>What a model registered under a name, where generated code can't read the member; null where it registered nothing.</summary>
    public static nn.Module? Child(nn.Module model, string name)
    {
        return model.named_children().FirstOrDefault(child => Clean(child.name) == name).module;
    }

    /// <summary>Keeps a module and all in it out.</summary>
    public void Ignore(string path, nn.Module? module)
    {
        if (module is null || !_ignored.Add(module))
            return;
        if (_met.GetValueOrDefault(module) is { } site)
        {
            throw new InvalidOperationException(
                $"{path} is ignored, but it is the layer that is adapted as {site.Path}. Put [LoraIgnore] there too, or take it away.");
        }

        Meet(path, module);
        foreach (var (name, child) in module.named_children())
            Ignore($"{path}.{Clean(name)}", child);
    }

    /// <summary>
    /// To be called last for each module: walks those of its registered children that no member was known for. The prefix is the module's path and a
    /// dot; empty for the root.
    /// </summary>
    public void Rest(string prefix, nn.Module module, AdapterMethod method)
    {
        Meet(prefix.TrimEnd('.'), module);
        foreach (var (name, child) in module.named_children())
        {
            // A layer may stand under a second name, which is an alias, or the targeted one.
            if (!_met.ContainsKey(child) || _baseLayers.Find(child) is not null)
                Walk(prefix + Clean(name), child, method);
        }
    }

    private Site? Walk(string path, nn.Module module, AdapterMethod method)
    {
        if (_baseLayers.Find(module) is not { } layer)
        {
            Rest(path + ".", module, method);
            return null;
        }

        if (_met.GetValueOrDefault(module) is { } site)
            return site.AddAlias(path);
        return _targets.Contains(path, layer.IsDefaultTarget) && _indices.Contain(path) ? Adapt(path, layer, method) : Pass(path, module);
    }

    // A layer that is not adapted.
    private Site? Pass(string path, nn.Module layer)
    {
        if (Meet(path, layer))
            _layers.Add(path);
        return null;
    }

    private Site? Adapt(string path, BaseLayer layer, AdapterMethod method)
    {
        _layers.Add(path);
        if (_ignored.Contains(layer.Module))
            return null;
        if (_met.GetValueOrDefault(layer.Module) is { } known)
            return known.AddAlias(path);

        method.Validate(path);
        var site = method.CreateSite(path, layer, _dtype);
        Meet(path, layer.Module);
        _met[layer.Module] = site;
        _sites.Add(site);
        _biases.Add(layer.Module, method.Bias);
        return site;
    }

    private bool Meet(string path, nn.Module module)
    {
        if (!_met.TryAdd(module, null))
            return false;

        _modules.Add((path, module));
        if (module is IEnumerable<nn.Module> list)
            _indices.Remember(path, list.LongCount());
        return true;
    }

    // A property's backing field is registered as <Name>k__BackingField.
    internal static string Clean(string name)
    {
        return name.StartsWith('<') && name.EndsWith(">k__BackingField", StringComparison.Ordinal) ? name[1..name.IndexOf('>')] : name;
    }
}
