using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A class that derives from <c>torch.nn.Module</c>, with all its parts. The rules look up in it what one reading of the bodies has found.</summary>
internal sealed class ModuleClass
{
    private static readonly string[] Registering = ["register_module", "add_module", "register_parameter", "register_buffer"];

    private readonly Dictionary<ISymbol, IFieldSymbol> _storage = new(SymbolEqualityComparer.Default);
    private readonly AdaptedClasses _adapted;
    private readonly Lazy<IReadOnlyList<AdaptedTree>> _adapters;
    private readonly Lazy<ILookup<ModuleBody, FieldWrite>> _writesIn;
    private readonly Lazy<ILookup<ISymbol, FieldWrite>> _writesOf;
    private readonly Lazy<ILookup<ISymbol, SymbolUse>> _uses;
    private readonly Lazy<ILookup<ISymbol, IVariableDeclaratorOperation>> _declarators;
    private readonly Lazy<ILookup<ISymbol, ModuleBody>> _bodies;
    private readonly Lazy<IReadOnlyList<IInvocationOperation>> _registrations;
    private readonly Lazy<HashSet<ISymbol>> _registered;
    private readonly Lazy<HandWrittenLora?> _handWritten;
    private readonly Lazy<AssignedValues> _sources;

    public ModuleClass(INamedTypeSymbol type, IEnumerable<ModuleBody> bodies, AdaptedClasses adapted, Compilation compilation)
    {
        Type = type;
        Compilation = compilation;
        Bodies = [.. bodies.OrderBy(body => body.Owner.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(body => body.Position)];
        Constructors = [.. Bodies.Where(body => body.IsConstructor)];
        Methods = [.. Bodies.Where(body => body.Owner is IMethodSymbol && !body.IsConstructor)];
        Fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(member => !member.IsStatic)];
        foreach (var field in Fields)
        {
            _storage[field] = field;
            if (field.AssociatedSymbol is { } property)
                _storage[property] = field;
        }

        _adapted = adapted;
        _adapters = new(() => [.. adapted.Around(type)]);
        _writesIn = new(() => Bodies.SelectMany(body => FieldWrite.In(body, this)).ToLookup(write => write.Body));
        _writesOf = Lookup(() => Bodies.SelectMany(WritesIn), write => write.Field);
        _uses = Lookup(() => Bodies.SelectMany(UsesIn), use => Stored(SymbolUse.SymbolOf(use.Operation)!));
        _declarators = Lookup(() => Operations.OfType<IVariableDeclaratorOperation>(), declarator => declarator.Symbol);
        _bodies = Lookup(() => Bodies, body => body.Owner);
        _registrations = new(() => [.. Bodies.SelectMany(body => Registering.SelectMany(body.OwnCalls))]);
        _registered = new(FindRegistered);
        _handWritten = new(() => HandWrittenLora.Of(this));
        _sources = new(() => new AssignedValues(compilation, CancellationToken.None));
    }

    public INamedTypeSymbol Type { get; }

    public Compilation Compilation { get; }

    /// <summary>Constructors, methods, accessors and initializers, in order of the text.</summary>
    public IReadOnlyList<ModuleBody> Bodies { get; }

    public IReadOnlyList<ModuleBody> Constructors { get; }

    /// <summary>Everything but constructors and initializers.</summary>
    public IReadOnlyList<ModuleBody> Methods { get; }

    /// <summary>The instance fields that are declared here, including those behind auto-properties.</summary>
    public IReadOnlyList<IFieldSymbol> Fields { get; }

    /// <summary>Those that hold one module.</summary>
    public IEnumerable<IFieldSymbol> ModuleFields => Fields.Where(member => TorchTypes.IsModule(member.Type));

    public IEnumerable<IOperation> Operations => Bodies.SelectMany(body => body.Operations);

    /// <summary>The calls that put a module or parameter in the registry by name.</summary>
    public IReadOnlyList<IInvocationOperation> RegistrationsByName => _registrations.Value;

    /// <summary>The source of other classes, for what the bodies of this one don't show.</summary>
    public AssignedValues Sources => _sources.Value;

    /// <summary>The class as a hand-written LoRA layer; null if it is none.</summary>
    public HandWrittenLora? HandWritten => _handWritten.Value;

    /// <summary>Whether an adapter attribute on it, or on the assembly, adapts it.</summary>
    public bool IsAdaptedModel => AdaptedModels.Contains(Type, Compilation.Assembly);

    /// <summary>Whether it is an adapted model or part of one.</summary>
    public bool IsWithinAdapted => _adapters.Value.Count > 0;

    /// <summary>Whether it is an adapted model, or one may hold it in any way: in a private class, or behind a general type such as Module.</summary>
    public bool MayBeWithinAdapted => IsWithinAdapted || _adapted.MayHold(Type);

    /// <summary>The field itself, or the one behind an auto-property; null for any other member, and for one of another class.</summary>
    public IFieldSymbol? StorageOf(ISymbol member) => _storage.TryGetValue(member, out var field) ? field : null;

    /// <summary>The writes of one body, in order of the text.</summary>
    public IEnumerable<FieldWrite> WritesIn(ModuleBody body) => _writesIn.Value[body];

    /// <summary>The writes of one field, in order of the text.</summary>
    public IEnumerable<FieldWrite> WritesOf(IFieldSymbol field) => _writesOf.Value[field];

    /// <summary>The places that read or write a member, a parameter or a local, in order of the text. An auto-property counts as its field.</summary>
    public IEnumerable<SymbolUse> UsesOf(ISymbol symbol) => _uses.Value[Stored(symbol)];

    public IEnumerable<IVariableDeclaratorOperation> DeclaratorsOf(ILocalSymbol local) => _declarators.Value[local];

    /// <summary>The body of a method, an accessor or a constructor of the class; null if the symbol has none here.</summary>
    public ModuleBody? BodyOf(ISymbol owner) => _bodies.Value[owner].FirstOrDefault();

    /// <summary>Whether a call that registers by name mentions the field in its arguments.</summary>
    public bool IsRegisteredByName(IFieldSymbol field) => _registered.Value.Contains(field);

    /// <summary>The adapters that change what the layer in a member computes when it is called: it is targeted, and not reparametrized.</summary>
    public IReadOnlyList<AdaptedTree> ChangingCallsOf(ISymbol member) => [.. _adapters.Value.Where(adapter => adapter.ChangesCallsOf(member))];

    /// <summary>Whether an adapter quantises the weight of the layer in a member.</summary>
    public bool IsQuantized(ISymbol member) => _adapters.Value.Any(adapter => adapter.Quantizes(member));

    private HashSet<ISymbol> FindRegistered()
    {
        var mentioned = RegistrationsByName
            .SelectMany(call => call.Arguments)
            .SelectMany(argument => argument.DescendantsAndSelf())
            .OfType<IMemberReferenceOperation>()
            .Select(reference => Stored(reference.Member));
        return new HashSet<ISymbol>(mentioned, SymbolEqualityComparer.Default);
    }

    private ISymbol Stored(ISymbol symbol) => StorageOf(symbol) ?? symbol;

    private static IEnumerable<SymbolUse> UsesIn(ModuleBody body)
    {
        return body.Operations.Where(operation => SymbolUse.SymbolOf(operation) is not null).Select(operation => new SymbolUse(body, operation));
    }

    private static Lazy<ILookup<ISymbol, T>> Lookup<T>(Func<IEnumerable<T>> items, Func<T, ISymbol> key)
    {
        return new(() => items().ToLookup(key, SymbolEqualityComparer.Default)!);
    }
}
