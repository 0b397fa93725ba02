using LoraGen.Sites;
using LoraGen.Targets;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <content>The walk over the registered modules, in the order of the model's state_dict.</content>
public sealed partial class SiteCollector
{
    private readonly List<(string Member, Func<nn.Module, object?> Read)> _collections = [];
    private readonly List<(string Member, Func<nn.Module, nn.Module?> Read)> _members = [];
    private readonly List<(string Path, nn.Module Module)> _held = [];
    private readonly List<(string Path, string Why)> _refused = [];
    private readonly Queue<Action> _pending = [];
    private readonly HashSet<nn.Module> _open = new(ReferenceEqualityComparer.Instance);

    /// <summary>Visits the model and everything in it.</summary>
    public void Walk(nn.Module model, AdapterMethod method)
    {
        Visit(string.Empty, model, new Visit(method, ByDefault: method.RequiredChoice is null));

        // A module in a collection may be registered elsewhere, and that path is preferred.
        while (_pending.TryDequeue(out var collection))
            collection();
        foreach (var (path, module) in _held)
            EnsureRegistered(path, module);
        EnsureNoneRefused();
    }

    /// <summary>All modules under each of their paths, in the order of the model's state_dict.</summary>
    internal IEnumerable<(string Path, nn.Module Module)> AllModules()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        return _paths.SelectMany(entry => Within(entry.Key, entry.Value)).ToArray();

        IEnumerable<(string Path, nn.Module Module)> Within(string path, nn.Module module)
        {
            if (!known.Add(path) || !open.Add(module))
                yield break;

            yield return (path, module);
            foreach (var (name, child) in module.named_children())
            {
                foreach (var inner in Within(path.Length == 0 ? MemberName.Clean(name) : $"{path}.{MemberName.Clean(name)}", child))
                    yield return inner;
            }

            open.Remove(module);
        }
    }

    private void Visit(string path, nn.Module module, Visit visit)
    {
        _paths.TryAdd(path, module);
        if (!_open.Add(module))
            return;

        if (path.Length > 0 && (_baseLayers.Find(module) ?? visit.Method.LayerOf(path, module)) is { } layer)
            VisitLayer(path, layer, visit);
        else
        {
            EnsureNotMeant(path, module, visit);
            Remember(path, module);
        }

        VisitChildren(path, module, Within(module, visit));
        _open.Remove(module);
    }

    // An attribute on a list applies to its items. Layers within an adapted layer are adapted by name only.
    private Visit Within(nn.Module module, Visit visit) => visit with
    {
        IsAsked = visit.IsAsked && module is IEnumerable<nn.Module>,
        ByDefault = visit.ByDefault && _visited.GetValueOrDefault(module) is null,
    };

    private void VisitChildren(string path, nn.Module module, Visit visit)
    {
        var members = MemberAttributes.Of(module);
        var prefix = path.Length == 0 ? string.Empty : path + ".";
        foreach (var (name, child) in Children(module))
        {
            if (members.IsTrained(name, _adapter))
                Train(prefix + name, child);
            else if (members.IsIgnored(name))
                Ignore(prefix + name, child);
            else
                Visit(prefix + name, child, members.Apply(name, _adapter, visit));
        }

        foreach (var (member, read) in _collections)
        {
            if (read(module) is { } held)
                _pending.Enqueue(() => VisitHeld(prefix + member, held, members, member, members.Apply(member, _adapter, visit)));
        }

        foreach (var (member, read) in _members.Where(member => !members.IsIgnored(member.Member)))
        {
            if (read(module) is { } held)
                Hold(prefix, member, held, module);
        }

        foreach (var member in members.Trained(_adapter).Where(member => !_paths.ContainsKey(prefix + member) && !IsCollection(module, member)))
            throw NothingToTrain(prefix + member);
    }

    private static IEnumerable<(string Name, nn.Module Module)> Children(nn.Module module)
    {
        var children = module.named_children().ToArray();
        var names = MemberName.CleanAll(children.Select(child => child.name));
        return children.Select(child => (names[child.name], child.module));
    }

    private void VisitLayer(string path, BaseLayer layer, Visit visit)
    {
        if (_visited.GetValueOrDefault(layer.Module) is { } known)
        {
            known.AddAlias(path);
            return;
        }

        var isTargeted = IsTargeted(path, layer.Facts.Kind, visit);
        if (isTargeted || !_visited.ContainsKey(layer.Module))
            _layers.Add((path, layer.Facts.Kind));
        Remember(path, layer.Module);
        if (isTargeted && visit.Method.HasSites && !_ignored.Contains(layer.Module))
            Adapt(path, layer, visit.Method);
    }

    private bool IsTargeted(string path, LayerKind kind, Visit visit)
    {
        return visit.IsAsked
            ? _indices.ContainOrPass(path)
            : _targets.Contains(path, kind, visit.ByDefault) && _indices.Contain(path);
    }

    // A class that implements the contract is meant to be adapted, so it must not be left out silently.
    private void EnsureNotMeant(string path, nn.Module module, Visit visit)
    {
        if (path.Length > 0 && visit.Method.RefusalOf(module) is { } why && !_ignored.Contains(module) && IsTargeted(path, LayerKind.Unknown, visit))
        {
            _refused.Add((path, why));
            _layers.Add((path, LayerKind.Unknown));
        }

        if (module is not ILinearLayer || !visit.Method.HasSites || _ignored.Contains(module) || !IsTargeted(path, LayerKind.Linear, visit))
            return;

        throw new InvalidOperationException(
            $"{path}: {module.GetName()} implements {nameof(ILinearLayer)}, but it is no Module<Tensor, Tensor>, so no adapter can act on its calls. Adapt a "
            + "layer within it, and put [LoraIgnore] on it or add it to Exclude.");
    }

    private void Adapt(string path, BaseLayer layer, AdapterMethod method)
    {
        layer.EnsureConsistent(path);
        method.Validate(path);
        if (method.Refusal(path, layer) is { } why)
        {
            _refused.Add((path, why));
            return;
        }

        var site = method.CreateSite(path, layer, _dtype);
        _visited[layer.Module] = site;
        _sites.Add(site);
        _biases.Add(layer.Module, method.Bias);
    }

    // One error names all of them: otherwise each correction would lead to the next error.
    private void EnsureNoneRefused()
    {
        if (_refused.Count == 0)
            return;

        foreach (var site in _sites)
            site.Own.Dispose();
        var paths = _refused.Select(refused => refused.Path).ToArray();
        var others = paths.Length == 1 ? string.Empty : $" The method can't adapt {string.Join(", ", paths.Skip(1))} either.";
        var exclude = LeftOut.Exclude(paths, [.. _sites.Select(site => site.Path)]);
        throw new ArgumentException($"{paths[0]}: {_refused[0].Why}.{others} {exclude} leaves {(paths.Length == 1 ? "it" : "all of them")} out.");
    }

    private void VisitHeld(string path, object held, MemberAttributes members, string member, Visit visit)
    {
        if (held is not nn.Module module)
        {
            foreach (var (key, item) in CollectionItems.Of(held))
                VisitHeld($"{path}.{key}", item, members, member, visit);
        }
        else if (members.IsTrained(member, _adapter))
            Train(path, module);
        else if (members.IsIgnored(member))
            Ignore(path, module);
        else if (!_visited.ContainsKey(module))
            Visit(path, module, visit);
    }

    private void Hold(string prefix, string member, nn.Module held, nn.Module holder)
    {
        _held.Add((prefix + member, held));
        if (holder.named_children().FirstOrDefault(child => ReferenceEquals(child.module, held)).name is { } name)
            _renamed.TryAdd(prefix + member, prefix + MemberName.Clean(name));
    }

    private void EnsureRegistered(string path, nn.Module held)
    {
        if (_visited.ContainsKey(held))
            return;
        if (!IsTargeted(path, held) && !held.named_modules().Any(inner => IsTargeted($"{path}.{MemberName.Clean(inner.name)}", inner.module)))
            return;

        throw new InvalidOperationException(
            $"{path}: the member holds a {held.GetName()} that is not registered in the model, so it is in no state_dict and does not move with the model. Set "
            + "the member before RegisterComponents() is called, or put [LoraIgnore] on it.");
    }

    private bool IsTargeted(string path, nn.Module module)
    {
        return _baseLayers.Find(module) is { } layer && _targets.Contains(path, layer.Facts.Kind, byDefault: true);
    }

    private bool IsCollection(nn.Module module, string member)
    {
        return _collections.Any(collection => collection.Member == member && collection.Read(module) is not null);
    }

    private void Remember(string path, nn.Module module)
    {
        if (!_visited.TryAdd(module, null))
            return;

        _modules.Add((path, module));
        if (module is IEnumerable<nn.Module> list)
            _indices.Remember(path, list.LongCount());
    }
}
