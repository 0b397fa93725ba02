using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>What the members of a model hold, as far as constructors and initializers show.</summary>
internal sealed class MemberContents
{
    private readonly AssignedValues _values;
    private readonly KnownNumbers _numbers;
    private readonly ListReader _lists;
    private readonly LayerSizeReader _sizes;
    private readonly LayerTypes _layers;

    public MemberContents(AssignedValues values, IAssemblySymbol assembly)
    {
        _values = values;
        _numbers = new KnownNumbers(values);
        _lists = new ListReader(values, _numbers);
        _sizes = new LayerSizeReader(_numbers);
        _layers = LayerTypes.Of(assembly);
    }

    /// <summary>The size of the layer, or the common size of those in the list; null if it isn't known or they differ.</summary>
    public LayerFacts? SizeOf(ModelMember member) => SizeOf(member.Symbol, member.Class, member.IsInList, member.Value);

    /// <inheritdoc cref="SizeOf(ModelMember)"/>
    public LayerFacts? SizeOf(ISymbol member, INamedTypeSymbol holder, bool isList, IOperation? value = null)
    {
        return Common(value is null ? Made(member, holder, isList) : [value], _sizes.SizeOf);
    }

    /// <summary>
    /// The groups of the convolution, or the common number of those in the list; null if it isn't a convolution, they aren't known or they differ.
    /// </summary>
    public long? GroupsOf(ISymbol member, INamedTypeSymbol holder, bool isList, IOperation? value = null)
    {
        return Common(value is null ? Made(member, holder, isList) : [value], _sizes.GroupsOf);
    }

    /// <summary>Whether the layer, or each in the list, has a bias; null if that isn't known or they differ.</summary>
    public bool? HasBias(ModelMember member)
    {
        return Common(member.Value is null ? Made(member.Symbol, member.Class, member.IsInList) : [member.Value], _sizes.HasBias);
    }

    /// <summary>The kind of layer that it holds; unknown if it can't be determined or there are several.</summary>
    public LayerKind KindOf(ModelMember member)
    {
        var kinds = TypesOf(member)?.Select(_layers.KindOf).Distinct().ToArray();
        return kinds is { Length: 1 } ? kinds[0] : LayerKind.Unknown;
    }

    /// <summary>Whether it is created exactly once, whatever the constructor's arguments are.</summary>
    public bool IsAlwaysMade(ModelMember member)
    {
        return member.Value is not null || _values.Of(member.Symbol, member.Class) is { Count: 1 } made && new LoopCounts(_numbers).Of(made[0]) == 1;
    }

    /// <summary>Pairs of members to which the constructors of a class give the same weight.</summary>
    public IEnumerable<TiedWeight> TiedIn(INamedTypeSymbol holder)
    {
        return _values.Constructors(holder).SelectMany(TiedWeightReader.Read);
    }

    /// <summary>The number of elements in a list; null if it isn't known.</summary>
    public long? CountOf(ModelMember list) => list.IsInList ? _lists.Of(list.Symbol, list.Class).Count : null;

    /// <summary>Whether it can only hold one of TorchSharp's modules that can't be adapted and have no child modules.</summary>
    public bool IsNoLayer(ModelMember member) => TypesOf(member) is { } types && !types.Any(_layers.IsLayer);

    /// <summary>Whether its contents are known: layers, or TorchSharp's modules without child modules.</summary>
    public bool IsKnown(ModelMember member) => TypesOf(member) is not null;

    /// <summary>The types of what it holds: layers, or TorchSharp's modules without child modules; null if they can't be determined.</summary>
    public IReadOnlyList<ITypeSymbol>? TypesOf(ModelMember member)
    {
        if (IsLeaf(member.Type))
            return [member.Type];
        var made = member.Value is { } value ? [value] : member.Kind == MemberKind.Open ? Made(member.Symbol, member.Class, member.IsInList) : null;
        if (member.Kind != MemberKind.Open || made is not { Count: > 0 })
            return null;

        var types = made.Select(value => AssignedValues.Bare(value).Type).ToArray();
        return types.All(type => type is not null && IsLeaf(type)) ? [.. types.Select(type => type!)] : null;
    }

    /// <summary>
    /// Whether one of the norms of a type in the member has running statistics: as the creating calls say, or by default if none of them is visible.
    /// </summary>
    public bool AreTracked(ModelMember member, ITypeSymbol norm) => AreTracked(member.Symbol, member.Class, member.IsInList, norm);

    /// <inheritdoc cref="AreTracked(ModelMember, ITypeSymbol)"/>
    public bool AreTracked(ISymbol member, INamedTypeSymbol holder, bool isList, ITypeSymbol norm)
    {
        var made = Made(member, holder, isList)?
            .Select(value => AssignedValues.Bare(value) is ILocalReferenceOperation local ? Locals.OnlyValue(local) ?? local : value)
            .SelectMany(value => value.DescendantsAndSelf())
            .OfType<IInvocationOperation>()
            .Select(call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "track_running_stats"))
            .OfType<IArgumentOperation>()
            .ToArray();
        return made is { Length: > 0 }
            ? made.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: true })
            : RunningStatistics.AreInByDefault(norm);
    }

    /// <summary>Whether the class that declares the member calls one of these methods on it.</summary>
    public bool IsCalledOn(ModelMember member, params string[] methods)
    {
        return _values.Places(member.Symbol, member.Class)
            .Any(place => _values.OperationAt(place)?.Parent is IInvocationOperation call && methods.Contains(call.TargetMethod.Name));
    }

    /// <summary>The type of an expression anywhere in the project; null if it has none.</summary>
    public ITypeSymbol? TypeAt(SyntaxNode expression) => _values.OperationAt(expression)?.Type;

    private bool IsLeaf(ITypeSymbol type)
    {
        return _layers.IsLayer(type)
            || (TorchTypes.IsModule(type) && TorchTypes.IsBuiltIn(type) && !TorchTypes.IsOpen(type) && !TorchTypes.IsModuleList(type));
    }

    private IReadOnlyList<IOperation>? Made(ISymbol member, INamedTypeSymbol holder, bool isList)
    {
        return isList ? _lists.Of(member, holder).Values : _values.Of(member, holder);
    }

    private static T? Common<T>(IReadOnlyList<IOperation>? made, Func<IOperation, T?> read)
    {
        var found = made?.Select(read).Distinct().ToArray();
        return found is { Length: 1 } ? found[0] : default;
    }
}
