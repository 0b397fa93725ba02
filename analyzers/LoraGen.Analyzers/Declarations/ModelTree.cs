using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using LoraGen.Targets;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Every module that a model declares, including those that can't be adapted, with its path.</summary>
internal sealed class ModelTree
{
    private readonly List<ModelMember> _members = [];
    private readonly HashSet<ISymbol> _classes = new(SymbolEqualityComparer.Default);
    private readonly AssignedValues _values;

    private ModelTree(AssignedValues values) => _values = values;

    /// <summary>The modules in order of declaration. A class that contains itself is followed once.</summary>
    public IReadOnlyList<ModelMember> Members => _members;

    /// <summary>The root and the module classes within it that have members of their own.</summary>
    public IReadOnlyCollection<ISymbol> Classes => _classes;

    /// <summary>The members that are, or may be at run time, layers that can be adapted.</summary>
    public IEnumerable<ModelMember> Layers => _members.Where(member => member.IsLayer && !member.IsIgnored);

    public static ModelTree Of(INamedTypeSymbol model, MethodFacts method, Compilation compilation, CancellationToken cancellation)
    {
        var tree = new ModelTree(new AssignedValues(compilation, cancellation));
        var scope = new Scope(compilation, method.Attribute);
        tree.Follow(model, string.Empty, isIgnored: false, scope, [], cancellation);
        return tree;
    }

    private void Follow(INamedTypeSymbol module, string path, bool isIgnored, Scope scope, HashSet<ISymbol> open, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (open.Any(each => SymbolEqualityComparer.Default.Equals(each, module)))
            return;

        open.Add(module);
        _classes.Add(module);
        foreach (var (field, known) in MemberReader.ReadFields(module, scope))
        {
            var type = TorchTypes.IsModuleList(field.Type) ? ((INamedTypeSymbol)field.Type).TypeArguments[0] : field.Type;
            if (known is null && !TorchTypes.IsModule(type))
                continue;

            var isList = !SymbolEqualityComparer.Default.Equals(type, field.Type);
            var member = new ModelMember(
                path + (known?.Facts.Component ?? (field.AssociatedSymbol ?? field).Name) + (isList ? $".{TargetPattern.AnyIndex}" : string.Empty),
                field,
                module,
                type,
                isList,
                known?.Facts.Kind,
                isIgnored || known?.Facts.IsIgnored == true || known?.Facts.IsTrainedBeside(string.Empty) == true);
            if (member.Kind == MemberKind.Open && !isList && SequentialChildren.Of(member.Symbol, module, _values) is { } children)
            {
                FollowSequential(member, children, scope, open, cancellation);
                continue;
            }

            _members.Add(member);
            if (known?.ModuleClass is { } inner)
                Follow(inner, member.Path + ".", member.IsIgnored, scope, open, cancellation);
        }

        open.Remove(module);
    }

    private void FollowSequential(
        ModelMember member,
        IReadOnlyList<(string Name, IOperation Value)> children,
        Scope scope,
        HashSet<ISymbol> open,
        CancellationToken cancellation)
    {
        _members.Add(member with { Kind = MemberKind.Module });
        foreach (var (name, value) in children)
        {
            var known = value.Type is { } type && TorchTypes.IsModule(type) ? MemberType.Of(type, scope) : MemberType.Unreadable;
            var child = member with { Path = $"{member.Path}.{name}", Type = value.Type ?? member.Type, Kind = known?.Kind, Value = value };
            if (SequentialChildren.Of(value) is { } inner)
            {
                FollowSequential(child, inner, scope, open, cancellation);
                continue;
            }

            _members.Add(child);
            if (known?.ModuleClass is { } moduleClass)
                Follow(moduleClass, child.Path + ".", child.IsIgnored, scope, open, cancellation);
        }
    }
}
