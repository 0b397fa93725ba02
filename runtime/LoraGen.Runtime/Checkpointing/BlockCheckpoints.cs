using LoraGen.CompilerServices;
using LoraGen.Sites;
using LoraGen.Targets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The checkpointed blocks of a model: those that patterns name, and those with [Checkpoint].</summary>
internal sealed class BlockCheckpoints
{
    private readonly string _owner;
    private readonly IReadOnlyList<string> _patterns;
    private readonly List<BlockCheckpoint> _found = [];
    private readonly HashSet<nn.Module> _blocks = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _paths = [];

    private BlockCheckpoints(string owner, IReadOnlyList<string> patterns) => (_owner, _patterns) = (owner, patterns);

    /// <summary>Finds the blocks of a model.</summary>
    /// <param name="owner">What names them, for messages.</param>
    /// <param name="model">The model.</param>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="InvalidOperationException">A pattern matches no module, or a container of TorchSharp calls a block.</exception>
    public static IReadOnlyList<BlockCheckpoint> Find(string owner, nn.Module model, IReadOnlyList<string> patterns)
    {
        var checkpoints = new BlockCheckpoints(owner, patterns);
        checkpoints.Visit(string.Empty, model, parent: null, isItem: false, isInside: false);
        checkpoints.EnsureEachMatches();
        return checkpoints._found;
    }

    // What a pattern names includes what is in it: only the outermost module is a block by the pattern.
    private void Visit(string path, nn.Module module, nn.Module? parent, bool isItem, bool isInside)
    {
        _paths.Add(path);
        var isNamed = isItem || (!isInside && path.Length > 0 && _patterns.Any(pattern => TargetPattern.Matches(pattern, path)));
        var members = MemberAttributes.Of(module);
        if (!IsList(module) && (isNamed || members.IsCheckpointed))
            Add(path, module, parent, group: null, index: 0);

        foreach (var (name, child) in Children(module))
        {
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (members.CheckpointOf(name) is { } every)
                AddMember(inner, child, module, every);
            Visit(inner, child, module, isItem: isNamed && IsList(module), isInside: isInside || isNamed);
        }
    }

    private static IEnumerable<(string Name, nn.Module Module)> Children(nn.Module module)
    {
        var children = module.named_children().ToArray();
        var names = MemberName.CleanAll(children.Select(child => child.name));
        return children.Select(child => (names[child.name], child.module));
    }

    private void AddMember(string path, nn.Module module, nn.Module parent, int every)
    {
        if (!IsList(module))
        {
            Add(path, module, parent, group: null, index: 0);
            return;
        }

        var group = every > 1 ? new CheckpointGroup(every) : null;
        var index = 0;
        foreach (var (name, item) in module.named_children())
            Add($"{path}.{name}", item, module, group, index++);
    }

    private void Add(string path, nn.Module block, nn.Module? parent, CheckpointGroup? group, int index)
    {
        if (parent is Sequential)
        {
            throw new InvalidOperationException(
                $"{_owner}: {path} can't be checkpointed, because the Sequential that holds it calls it, in TorchSharp's own code. Checkpoint the Sequential "
                + "as a whole, or hold the blocks in a ModuleList and call them in a loop.");
        }

        if (_blocks.Add(block))
            _found.Add(new BlockCheckpoint(path, block, group, index));
    }

    private void EnsureEachMatches()
    {
        if (_patterns.FirstOrDefault(pattern => !_paths.Any(path => TargetPattern.Matches(pattern, path))) is not { } missing)
            return;

        throw new InvalidOperationException(
            $"{_owner}: Checkpoint \"{missing}\" matches no module of the model. Nearest: {string.Join(", ", ClosestNames.Of(missing, _paths))}.");
    }

    // A list has no forward, so that its items are the blocks.
    private static bool IsList(nn.Module module) => module is IEnumerable<nn.Module> and not nn.Module<Tensor, Tensor>;
}
