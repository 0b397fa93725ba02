using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Counting;

/// <summary>
/// One driver's counts, given again as long as nothing that they hang on has changed: a count hangs on the bodies of few files, and of all others on the
/// declarations alone, which most edits leave as they are.
/// </summary>
internal sealed class CountCache
{
    private readonly object _gate = new();
    private readonly Dictionary<SyntaxNode, Entry> _entries = [];
    private DeclarationState? _declarations;

    /// <inheritdoc cref="CountReader.Read"/>
    public CountFacts Read(INamedTypeSymbol model, Compilation compilation, CancellationToken cancellation)
    {
        // A class of a referenced assembly has no declaration here, and no constructor to be read.
        var declaration = model.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        lock (_gate)
        {
            MoveOn((CSharpCompilation)compilation);
            if (declaration is not null && _entries.TryGetValue(declaration, out var known))
                return known.Facts;
        }

        var scope = new Scope(compilation.Assembly, string.Empty, LayerTypes.Of(compilation.Assembly));
        var files = new ReadFiles();
        files.Add(model);
        var facts = CountReader.Read(model, compilation, scope, files, cancellation);
        lock (_gate)
        {
            if (declaration is not null && _declarations?.IsOf(compilation) == true)
                _entries[declaration] = new Entry(facts, files);
        }

        return facts;
    }

    private void MoveOn(CSharpCompilation compilation)
    {
        if (_declarations?.IsOf(compilation) == true)
            return;

        var next = new DeclarationState(compilation);
        if (_declarations?.ReplacedIn(next) is not { } replaced)
            _entries.Clear();
        else
        {
            foreach (var stale in _entries.Where(entry => replaced.Any(entry.Value.Files.Contains)).Select(entry => entry.Key).ToArray())
                _entries.Remove(stale);
        }

        _declarations = next;
    }

    private sealed record Entry(CountFacts Facts, ReadFiles Files);
}
