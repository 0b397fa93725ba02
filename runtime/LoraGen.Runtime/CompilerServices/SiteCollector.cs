using System.ComponentModel;
using System.Globalization;
using LoraGen.Layers;
using LoraGen.Targets;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>
/// Walks the modules of a model, creates the sites, and finds them for generated properties. Only generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class SiteCollector
{
    private readonly string _adapter;
    private readonly TargetSet _targets;
    private readonly ListIndices _indices;
    private readonly BaseLayers _baseLayers = new();
    private readonly ScalarType? _dtype;
    private readonly Dictionary<string, nn.Module> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly Dictionary<nn.Module, Site?> _visited = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Path, nn.Module Module)> _modules = [];
    private readonly List<Site> _sites = [];
    private readonly List<(string Path, LayerKind Kind)> _layers = [];

    /// <param name="adapter">The adapter's name in attributes on members.</param>
    /// <param name="targets">The attribute's <c>Targets</c>.</param>
    /// <param name="exclude">The attribute's <c>Exclude</c>.</param>
    /// <param name="dtype">The type of the adapter's parameters; null for the default.</param>
    /// <param name="layers">The indices of lists to which the adapter is restricted; null for all.</param>
    /// <param name="kinds">The kinds of layers to which the adapter is restricted; null or empty for the default.</param>
    /// <exception cref="ArgumentException"><paramref name="layers"/> is not a list of indices, <paramref name="dtype"/> has no gradients, or a kind
    /// is unknown.</exception>
    public SiteCollector(string adapter, string[] targets, string[] exclude, ScalarType? dtype, string? layers = null, LayerKind[]? kinds = null)
    {
        if (dtype is { } asked && !is_floating_point(asked))
            throw new ArgumentException($"dtype is {asked}, which has no gradients: use Float32, BFloat16, Float16 or Float64.", nameof(dtype));

        if (kinds?.Contains(LayerKind.Unknown) == true)
            throw new ArgumentException("Kinds has Unknown, which no layer that can be adapted is: use Linear, Embedding and Convolution.", nameof(kinds));

        _adapter = adapter;
        _indices = new ListIndices(layers);
        _targets = new TargetSet(targets, exclude, kinds ?? []);
        _dtype = dtype;
    }

    internal IReadOnlyList<Site> Sites => _sites;

    /// <summary>All visited modules, including ignored ones. Attaching freezes them.</summary>
    internal IReadOnlyList<(string Path, nn.Module Module)> Modules => _modules;

    internal IEnumerable<BaseLayer> Layers => _baseLayers.Known;

    /// <summary>The paths of all layers that could be adapted.</summary>
    internal IReadOnlyList<string> LayerPaths => [.. _layers.Select(layer => layer.Path)];

    /// <summary>The paths of the lists that the option <c>Layers</c> restricts.</summary>
    internal IReadOnlyList<string> RestrictedLists => _indices.Lists(LayerPaths);

    internal ScalarType? DType => _dtype;

    internal void EnsureTargetsMatch(string adapter, AdapterMethod method)
    {
        if (method.RequiredChoice is { } choice && _targets.IsEmpty && _sites.Count == 0 && (method.HasSites || !_indices.AreRestricted))
            throw new InvalidOperationException($"{adapter}: {method.Label} needs {choice}. Name what is to be trained.");
        if (!method.HasSites)
            return;

        string[] sites = [.. _sites.Select(site => site.Path)];
        var layers = LayerPaths;
        _targets.EnsureEachMatches(adapter, layers);
        _targets.EnsureEachKind(adapter, _layers, sites);
        _indices.EnsureEachMatches(adapter, _targets, layers, sites);
        _targets.EnsureSomeAreAdapted(adapter, layers.Count, sites.Length);
        foreach (var (option, patterns) in method.PathOptions)
            TargetSet.EnsureEachMatchesSite(adapter, option, patterns, sites);
    }

    /// <summary>Adds a class that a <see cref="LinearLayerAttribute"/> declares, with functions that read its members.</summary>
    public void Describe<TLayer>(
        Func<TLayer, long>? inFeatures = null, Func<TLayer, long>? outFeatures = null, Func<TLayer, Tensor?>? weight = null,
        Func<TLayer, Tensor?>? bias = null)
        where TLayer : nn.Module<Tensor, Tensor> => _baseLayers.Describe(inFeatures, outFeatures, weight, bias);

    /// <summary>
    /// Adds a member that holds modules that TorchSharp does not register. They are visited after the registered modules.
    /// </summary>
    /// <param name="member">The member's name.</param>
    /// <param name="read">Reads what the member holds: a module, or a collection or tuple of such values; null if there is none.</param>
    public void Collection<TModule>(string member, Func<TModule, object?> read)
        where TModule : nn.Module => _collections.Add((member, module => module is TModule typed ? read(typed) : null));

    /// <summary>Adds a member that holds a module, to check that the module is registered.</summary>
    /// <param name="member">The member's name in the state_dict.</param>
    /// <param name="read">Reads the member.</param>
    public void Member<TModule>(string member, Func<TModule, nn.Module?> read)
        where TModule : nn.Module => _members.Add((member, module => module is TModule typed ? read(typed) : null));

    /// <summary>Returns the site of the layer at a path; null if there is none.</summary>
    public TSite? Find<TSite>(string path)
        where TSite : Site => Resolve(path) is { } registered ? _visited.GetValueOrDefault(_paths[registered]) as TSite : null;

    /// <summary>Returns the path at which the module of a member is registered, possibly under another name; null if it is not registered.</summary>
    /// <param name="path">The path by the member's name.</param>
    public string? Resolve(string path) => _paths.ContainsKey(path) ? path : _renamed.GetValueOrDefault(path);

    /// <summary>Creates an item for each module of the list at a path.</summary>
    public IReadOnlyList<T> List<T>(string path, Func<string, T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        var items = new List<T>();
        while (string.Create(CultureInfo.InvariantCulture, $"{Resolve(path)}.{items.Count}") is var item && _paths.ContainsKey(item))
            items.Add(make(item));
        return items;
    }

    /// <summary>Creates the exception of a generated property that has no site.</summary>
    public static InvalidOperationException Missing(string member)
    {
        return new InvalidOperationException($"This model has no layer to adapt at \"{member}\": the member is null, or holds something else.");
    }
}
