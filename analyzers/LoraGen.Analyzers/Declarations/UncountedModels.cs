using LoraGen.Generator.Counting;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Analyzers;

/// <summary>
/// Why the generator writes no <c>Count</c> for constructors of the project's models, told where it stands: an IDE asks about one file at a time, and what
/// stops a model may be in another file than its attribute. Looked for when first asked.
/// </summary>
internal sealed class UncountedModels(Compilation compilation)
{
    private readonly Lazy<ILookup<SyntaxNode, UncountedModel>> _found = new(() => Find(compilation).ToLookup(found => Part(found.Place)));

    /// <summary>What is to be told within a class declaration, or at an attribute of the assembly.</summary>
    public IEnumerable<UncountedModel> In(SyntaxNode part) => _found.Value[part];

    private static IEnumerable<UncountedModel> Find(Compilation compilation)
    {
        foreach (var adapters in ProjectAdapters.Of(compilation).GroupBy(adapter => adapter.Model, SymbolEqualityComparer.Default))
        {
            var model = (INamedTypeSymbol)adapters.Key!;
            if (!TorchTypes.IsModule(model) || !KnownBases.Of(model) || !Reach.CanName(model, compilation.Assembly))
                continue;

            // One reason may stop several constructors, and a model may have several adapters.
            if (First(adapters.Select(adapter => adapter.Attribute)) is not { } attribute)
                continue;
            foreach (var same in CountReader.Uncounted(model, compilation, CancellationToken.None).GroupBy(each => each.Why, StringComparer.Ordinal))
            {
                var place = same.Select(each => each.Place).FirstOrDefault(each => each is not null && compilation.ContainsSyntaxTree(each.SyntaxTree));
                yield return new UncountedModel(same.Key, [.. same.Select(each => each.Constructor)], place ?? attribute.Name);
            }
        }
    }

    private static AttributeSyntax? First(IEnumerable<AttributeData> attributes)
    {
        return attributes
            .Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax())
            .OfType<AttributeSyntax>()
            .OrderBy(attribute => attribute.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.SpanStart)
            .FirstOrDefault();
    }

    private static SyntaxNode Part(SyntaxNode place) => place.FirstAncestorOrSelf<SyntaxNode>(each => each is ClassDeclarationSyntax or AttributeSyntax
    {
        Parent.Parent: CompilationUnitSyntax,
    })!;
}
