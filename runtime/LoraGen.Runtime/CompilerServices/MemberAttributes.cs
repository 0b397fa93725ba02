using System.Collections.Concurrent;
using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>
/// The attributes on the members of a module class. They apply to every instance, however a model holds it. A module initializer in each assembly registers its
/// classes. Only generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MemberAttributes
{
    private static readonly ConditionalWeakTable<Assembly, ConcurrentDictionary<string, MemberAttributes>> Assemblies = [];
    private static readonly MemberAttributes None = new();

    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);
    private readonly List<(string Member, string? Adapter, bool IsOptional)> _trained = [];
    private readonly List<(string Member, string? Adapter, Type Method, Func<AdapterMethod, AdapterMethod> Options)> _adapted = [];

    private readonly Dictionary<string, int> _checkpointed = new(StringComparer.Ordinal);

    private MemberAttributes()
    {
    }

    /// <summary>Returns the attributes of a class.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="class">The class's name in metadata: <c>Acme.Models.Net`1+Block</c>.</param>
    public static MemberAttributes Of(Assembly assembly, string @class)
    {
        return Assemblies.GetOrCreateValue(assembly).GetOrAdd(@class, static _ => new MemberAttributes());
    }

    /// <summary>Adds [LoraIgnore] on a member.</summary>
    public MemberAttributes Ignore(string member)
    {
        _ignored.Add(member);
        return this;
    }

    /// <summary>Adds [Trainable] on a member.</summary>
    /// <param name="member">Its name in the model's state_dict.</param>
    /// <param name="adapter">The adapter with which the member is trained; null for all adapters.</param>
    /// <param name="isOptional">Whether the member may be null.</param>
    public MemberAttributes Train(string member, string? adapter, bool isOptional)
    {
        _trained.Add((member, adapter, isOptional));
        return this;
    }

    /// <summary>Adds an adapter attribute on a member.</summary>
    /// <param name="member">Its name in the model's state_dict.</param>
    /// <param name="adapter">The adapter that the attribute applies to; null for all adapters.</param>
    /// <param name="options">Sets the attribute's options.</param>
    public MemberAttributes Adapt<TMethod>(string member, string? adapter, Func<TMethod, TMethod> options)
        where TMethod : AdapterMethod
    {
        _adapted.Add((member, adapter, typeof(TMethod), method => options((TMethod)method)));
        return this;
    }

    /// <summary>Adds [Checkpoint] on the class itself.</summary>
    public MemberAttributes Checkpoint()
    {
        IsCheckpointed = true;
        return this;
    }

    /// <summary>Adds [Checkpoint] on a member.</summary>
    /// <param name="member">Its name in the model's state_dict.</param>
    /// <param name="every">The number of items of a list that keep one input.</param>
    public MemberAttributes Checkpoint(string member, int every)
    {
        _checkpointed[member] = every;
        return this;
    }

    /// <summary>Returns the attributes of a module's class and its base classes.</summary>
    internal static MemberAttributes Of(nn.Module module)
    {
        var all = new List<MemberAttributes>();
        for (var type = module.GetType(); type is not null && type != typeof(nn.Module); type = type.BaseType)
        {
            var name = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName;
            if (name is not null && Assemblies.TryGetValue(type.Assembly, out var classes) && classes.TryGetValue(name, out var attributes))
                all.Add(attributes);
        }

        return all.Count switch
        {
            0 => None,
            1 => all[0],
            _ => Joined(all),
        };
    }

    /// <summary>Whether the class has [Checkpoint].</summary>
    internal bool IsCheckpointed { get; private set; }

    /// <summary>The option of [Checkpoint] on a member; null if it has none.</summary>
    internal int? CheckpointOf(string member) => _checkpointed.TryGetValue(member, out var every) ? every : null;

    internal bool IsIgnored(string member) => _ignored.Contains(member);

    internal bool IsTrained(string member, string adapter) => _trained.Any(each => each.Member == member && (each.Adapter is null || each.Adapter == adapter));

    /// <summary>The members with [Trainable] that must hold a module.</summary>
    internal IEnumerable<string> Trained(string adapter)
    {
        return _trained.Where(each => !each.IsOptional && IsTrained(each.Member, adapter)).Select(each => each.Member);
    }

    /// <summary>Returns the visit with the options of the member's attributes. Those for one adapter override those for all.</summary>
    internal Visit Apply(string member, string adapter, Visit visit)
    {
        var said = _adapted
            .Where(each => each.Member == member && (each.Adapter is null || each.Adapter == adapter) && each.Method == visit.Method.GetType())
            .OrderBy(each => each.Adapter is null ? 0 : 1)
            .ToArray();
        return said.Length == 0
            ? visit
            : visit with { Method = said.Aggregate(visit.Method, (method, each) => each.Options(method)), IsAsked = true };
    }

    private static MemberAttributes Joined(IEnumerable<MemberAttributes> all)
    {
        var joined = new MemberAttributes();
        foreach (var one in all)
        {
            joined._ignored.UnionWith(one._ignored);
            joined._trained.AddRange(one._trained);
            joined._adapted.AddRange(one._adapted);
            joined.IsCheckpointed |= one.IsCheckpointed;
            foreach (var (member, every) in one._checkpointed)
                joined._checkpointed.TryAdd(member, every);
        }

        return joined;
    }
}
