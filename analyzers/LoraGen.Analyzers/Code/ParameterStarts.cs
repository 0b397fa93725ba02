using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Decides whether something may set the parameters of a module after its creation.</summary>
internal sealed class ParameterStarts
{
    private static readonly HashSet<string> Parameters = new(["weight", "bias"], StringComparer.Ordinal);
    private static readonly HashSet<string> Walks = new(
        ["parameters", "named_parameters", "apply", "modules", "named_modules", "children"], StringComparer.Ordinal);
    private static readonly HashSet<string> Copies = new(["copy_", "set_"], StringComparer.Ordinal);

    private readonly IInvocationOperation _creation;
    private readonly Compilation _compilation;
    private readonly AssignedValues _sources;

    public ParameterStarts(IInvocationOperation creation)
    {
        _creation = creation;
        _compilation = creation.SemanticModel!.Compilation;
        _sources = new AssignedValues(_compilation, CancellationToken.None);
        Holder = HolderOf(creation);
    }

    /// <summary>The local, field or property that the module is assigned to; null if it is put anywhere else.</summary>
    public ISymbol? Holder { get; }

    /// <summary>Whether the parameters may be set, by the code that gets the module or by any that loads weights.</summary>
    public bool MayBeSet => IsGiven(_creation) || OwnNames.Any(IsSetting) || _compilation.SyntaxTrees.SelectMany(Names).Any(IsLoading);

    // Where the module can be reached by a name.
    private IEnumerable<SimpleNameSyntax> OwnNames => Holder is ILocalSymbol or { DeclaredAccessibility: Accessibility.Private }
        ? (_creation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? _creation.Syntax.SyntaxTree.GetRoot()).DescendantNodes().OfType<SimpleNameSyntax>()
        : _compilation.SyntaxTrees.SelectMany(Names);

    private static IEnumerable<SimpleNameSyntax> Names(SyntaxTree file) => file.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>();

    private static ISymbol? HolderOf(IInvocationOperation creation)
    {
        return OuterOf(creation) switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local,
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } member } => member.Member,
            IFieldInitializerOperation { InitializedFields: { Length: 1 } fields } => fields[0],
            IPropertyInitializerOperation { InitializedProperties: { Length: 1 } properties } => properties[0],
            _ => null,
        };
    }

    private static IOperation? OuterOf(IOperation value)
    {
        var outer = value.Parent;
        while (outer is IConversionOperation or IParenthesizedOperation)
            outer = outer.Parent;
        return outer;
    }

    // To a method or constructor of the project, which may set them, or to whoever calls a lambda.
    private static bool IsGiven(IOperation module)
    {
        return module.Ancestors().Any(ancestor => ancestor switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => IsOfProject(call.TargetMethod),
            IArgumentOperation { Parent: IObjectCreationOperation { Constructor: { } constructor } } => IsOfProject(constructor),
            IAnonymousFunctionOperation => module is IInvocationOperation,
            _ => false,
        });
    }

    private static bool IsOfProject(ISymbol method) => method.Locations.Any(place => place.IsInSource);

    // norm.weight and norm.bias of this norm, or of any if it is in a list or another object; a walk over parameters or modules; this norm as an argument.
    private bool IsSetting(SimpleNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        if (Walks.Contains(text))
            return IsWalk(name);
        if (Holder is not null && text == Holder.Name && name.Parent is ArgumentSyntax or MemberAccessExpressionSyntax { Parent: ArgumentSyntax })
            return _sources.OperationAt(name) is { } given && IsHolder(given) && IsGiven(given);
        if (!Parameters.Contains(text) || name.Parent is not MemberAccessExpressionSyntax access || access.Name != name)
            return false;

        var held = _sources.OperationAt(access.Expression);
        return Holder is null ? held?.Type is null || SymbolEqualityComparer.Default.Equals(held.Type, _creation.Type) : held is not null && IsHolder(held);
    }

    // An optimizer over them sets nothing.
    private bool IsWalk(SimpleNameSyntax name)
    {
        var scope = _creation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? _creation.Syntax.SyntaxTree.GetRoot();
        return scope.Contains(name)
            && name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Parent: not ArgumentSyntax } call
            && TorchCalls.NameOf(call) == name.Identifier.ValueText;
    }

    private bool IsHolder(IOperation reference)
    {
        return SymbolUse.SymbolOf(reference.Unconverted()) is { } symbol
            && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, Holder!.OriginalDefinition);
    }

    // Of a checkpoint into a module, or of a tensor into another.
    private bool IsLoading(SimpleNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        if (Copies.Contains(text))
            return true;
        if (!text.StartsWith("load", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("from", StringComparison.OrdinalIgnoreCase))
            return false;

        return name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } syntax
            && TorchCalls.NameOf(syntax) == text
            && _sources.OperationAt(syntax) is IInvocationOperation call
            && Loaded(call).Any(MayHoldIt);
    }

    // A method that is given modules loads into these, and not only into what it returns.
    private static IEnumerable<ITypeSymbol> Loaded(IInvocationOperation call)
    {
        ITypeSymbol?[] given = [.. call.Arguments.Select(argument => argument.Value.Unconverted().Type), call.Instance?.Type];
        return (given.Any(IsModule) ? given : [call.Type]).Where(IsModule).Select(type => type!);
    }

    private static bool IsModule(ITypeSymbol? type) => type is not null && TorchTypes.IsModule(type);

    private bool MayHoldIt(ITypeSymbol loaded)
    {
        var own = _creation.SemanticModel!.GetEnclosingSymbol(_creation.Syntax.SpanStart)?.ContainingType;
        return !IsModule(own) || loaded is not INamedTypeSymbol model || ModuleHolders.MayHoldWithin(model, own!, _compilation);
    }
}
