using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A class that derives from <c>torch.nn.Module</c>, with all its parts.</summary>
internal sealed class ModuleClass
{
    private readonly AdaptedClasses _adapted;

    public ModuleClass(INamedTypeSymbol type, IEnumerable<ModuleBody> bodies, AdaptedClasses adapted, Compilation compilation)
    {
        Type = type;
        Compilation = compilation;
        Bodies = [.. bodies.OrderBy(body => body.Owner.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(body => body.Position)];
        _adapted = adapted;
    }

    public INamedTypeSymbol Type { get; }

    public Compilation Compilation { get; }

    /// <summary>Constructors, methods, accessors and initializers, in order of the text.</summary>
    public IReadOnlyList<ModuleBody> Bodies { get; }

    public IEnumerable<ModuleBody> Constructors => Bodies.Where(body => body.IsConstructor);

    /// <summary>Everything but constructors and initializers.</summary>
    public IEnumerable<ModuleBody> Methods => Bodies.Where(body => body.Owner is IMethodSymbol && !body.IsConstructor);

    /// <summary>The instance fields that are declared here, the ones behind auto-properties as well.</summary>
    public IEnumerable<IFieldSymbol> Fields => Type.GetMembers().OfType<IFieldSymbol>().Where(member => !member.IsStatic);

    /// <summary>Those that hold one module.</summary>
    public IEnumerable<IFieldSymbol> ModuleFields => Fields.Where(member => TorchTypes.IsModule(member.Type));

    /// <summary>The field itself, or the one behind an auto-property; null for any other member, and for one of another class.</summary>
    public IFieldSymbol? StorageOf(ISymbol member)
    {
        return Fields.FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field, member)
            || (field.AssociatedSymbol is { } property && SymbolEqualityComparer.Default.Equals(property, member)));
    }

    /// <summary>The calls that put a module or parameter in the registry by name.</summary>
    public IEnumerable<IInvocationOperation> RegistrationsByName =>
        Bodies.SelectMany(body => new[] { "register_module", "add_module", "register_parameter", "register_buffer" }.SelectMany(body.OwnCalls));

    /// <summary>Whether an adapter attribute stands on it or speaks of it.</summary>
    public bool IsAdaptedModel => AdaptedModels.Contains(Type, Compilation.Assembly);

    /// <summary>Whether it is an adapted model or stands within one.</summary>
    public bool IsWithinAdapted => _adapted.Contain(Type);

    /// <summary>The adapters that change what the layer in a member computes when it is called: it is targeted, and not re-parametrised.</summary>
    public IReadOnlyList<AdaptedTree> ChangingCallsOf(ISymbol member) => [.. _adapted.Around(Type).Where(adapter => adapter.ChangesCallsOf(member))];
}
