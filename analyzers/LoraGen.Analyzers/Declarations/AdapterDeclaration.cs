using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers;

/// <summary>An adapter attribute: on a model class, on the assembly for a model class, or on a member of a module class.</summary>
internal sealed class AdapterDeclaration
{
    private readonly SemanticModel _semantics;
    private readonly Lazy<RootFacts?> _root;
    private readonly Lazy<AdapterModel?> _adapter;
    private readonly Lazy<ModelTree?> _tree;
    private readonly Lazy<ModelTargets?> _targets;

    private AdapterDeclaration(
        MethodFacts method,
        AttributeSyntax syntax,
        AttributeData data,
        ISymbol owner,
        SemanticModel semantics,
        AnalyzerOptions options,
        CancellationToken cancellation)
    {
        Method = method;
        Syntax = syntax;
        Data = data;
        Cancellation = cancellation;
        AdditionalFiles = options.AdditionalFiles;
        _semantics = semantics;
        Member = owner is IFieldSymbol or IPropertySymbol ? owner : null;
        IsOnAssembly = owner is IAssemblySymbol;
        Model = IsOnAssembly ? data.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol : owner as INamedTypeSymbol;
        var outer = Member is null ? null : ClassAttribute(method, owner.ContainingType, data);
        Options = new OptionValues(method, data, outer, isWhole: Member is null || outer is not null);
        _root = new(() => Model is null
            ? null
            : LayerReader.Read(RootReader.Read(method, Model.OriginalDefinition, [data], Compilation, cancellation)));
        _adapter = new(() => _root.Value is { } root ? AdapterGraph.Build(root).Single() : null);
        _tree = new(() => Model is not null && TorchTypes.IsModule(Model) ? ModelTree.Of(Model.OriginalDefinition, method, Compilation, cancellation) : null);
        Contents = new MemberContents(new AssignedValues(Compilation, cancellation), Compilation.Assembly);
        _targets = new(() => method.HasSites && _tree.Value is { } tree
            ? new ModelTargets(tree, AttributeReader.Read(data), method, Contents, Compilation, cancellation)
            : null);
    }

    public MethodFacts Method { get; }

    public AttributeSyntax Syntax { get; }

    public AttributeData Data { get; }

    public Compilation Compilation => _semantics.Compilation;

    public CancellationToken Cancellation { get; }

    public IReadOnlyList<AdditionalText> AdditionalFiles { get; }

    /// <summary>The field or property that has the attribute; null for a model's attribute.</summary>
    public ISymbol? Member { get; }

    /// <summary>The class that it adapts; null for an attribute on a member.</summary>
    public INamedTypeSymbol? Model { get; }

    public bool IsOnAssembly { get; }

    /// <summary>The name of the member or model that it applies to.</summary>
    public string Subject => (Member ?? Model)?.Name ?? "the model";

    /// <summary>Whether an adapter of its class can be generated at all.</summary>
    public bool CanBeGenerated => Model is not null && TorchTypes.IsModule(Model) && Reach.CanName(Model.OriginalDefinition, Compilation.Assembly);

    public OptionValues Options { get; }

    /// <summary>What the generator has read of the model; null for an attribute on a member.</summary>
    public RootFacts? Root => _root.Value;

    /// <summary>What the generator writes for it; null for an attribute on a member.</summary>
    public AdapterModel? Adapter => _adapter.Value;

    /// <summary>The modules within the model; null for an attribute on a member, and if the class is not a module.</summary>
    public ModelTree? Tree => _tree.Value;

    /// <summary>Which of those modules are targeted; null if there is no tree, or the method adapts no layer.</summary>
    public ModelTargets? Targets => _targets.Value;

    /// <summary>What constructors and initializers put into members.</summary>
    public MemberContents Contents { get; }

    /// <summary>Null for any other attribute.</summary>
    public static AdapterDeclaration? Read(AttributeSyntax syntax, SemanticModel semantics, AnalyzerOptions options, CancellationToken cancellation)
    {
        if (LoraTypes.MethodOf(semantics.GetTypeInfo(syntax, cancellation).Type) is not { } method || Owner(syntax, semantics, cancellation) is not { } owner)
            return null;

        var data = owner.GetAttributes().FirstOrDefault(each =>
            each.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == syntax.SyntaxTree && reference.Span == syntax.Span);
        return data is null ? null : new AdapterDeclaration(method, syntax, data, owner, semantics, options, cancellation);
    }

    /// <summary>The location of an option's value; that of the attribute if it doesn't set the option.</summary>
    public Location LocationOf(string option) => Expression(option)?.GetLocation() ?? Syntax.GetLocation();

    /// <summary>The entries of a list option with their locations.</summary>
    public IReadOnlyList<(string Text, Location Place)> Entries(string option)
    {
        return Expression(option) is not { } list
            ? []
            : [.. Elements(list)
                .Select(element => (Text: _semantics.GetConstantValue(element, Cancellation).Value as string, Place: element.GetLocation()))
                .Where(entry => entry.Text is not null)
                .Select(entry => (entry.Text!, entry.Place))];
    }

    /// <summary>The patterns of what is adapted, with their locations.</summary>
    public IReadOnlyList<(string Text, Location Place)> TargetEntries => Entries(Method.AdaptsModules ? "After" : "Targets");

    /// <summary>A value of one of LoraGen's enums, qualified as needed at the attribute.</summary>
    public string WriteEnum(Enum value)
    {
        var type = Compilation.GetTypeByMetadataName(value.GetType().FullName)?.ToMinimalDisplayString(_semantics, Syntax.SpanStart);
        return $"{type ?? value.GetType().Name}.{value}";
    }

    private static IEnumerable<ExpressionSyntax> Elements(ExpressionSyntax list)
    {
        return list switch
        {
            CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => initializer.Expressions,
            _ => [list],
        };
    }

    private ExpressionSyntax? Expression(string option)
    {
        return Syntax.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == option)?.Expression;
    }

    private static ISymbol? Owner(AttributeSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        return syntax.Parent?.Parent switch
        {
            CompilationUnitSyntax when ((AttributeListSyntax)syntax.Parent).Target?.Identifier.ValueText == "assembly" => semantics.Compilation.Assembly,
            FieldDeclarationSyntax field => semantics.GetDeclaredSymbol(field.Declaration.Variables[0], cancellation),
            ClassDeclarationSyntax or RecordDeclarationSyntax or PropertyDeclarationSyntax => semantics.GetDeclaredSymbol(syntax.Parent.Parent, cancellation),
            _ => null,
        };
    }

    // The class's attribute to which the member's attribute belongs, if that is certain.
    private static AttributeData? ClassAttribute(MethodFacts method, INamedTypeSymbol type, AttributeData member)
    {
        var name = AttributeReader.Read(member).Name;
        var attributes = type.GetAttributes()
            .Where(attribute => LoraTypes.MethodOf(attribute.AttributeClass) == method)
            .Where(attribute => name is null || AdapterNames.Of(attribute) == name)
            .ToArray();
        return attributes.Length == 1 ? attributes[0] : null;
    }
}
