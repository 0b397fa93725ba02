using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Reading;

/// <summary>What determines the declared symbols of a project, without a reference to the compilation.</summary>
internal sealed class DeclarationState(CSharpCompilation compilation)
{
    private readonly WeakReference<Compilation> _compilation = new(compilation);
    private readonly ImmutableArray<SyntaxTree> _files = compilation.SyntaxTrees;
    private readonly ImmutableArray<MetadataReference> _references = compilation.ExternalReferences;
    private readonly CSharpCompilationOptions _options = compilation.Options;
    private readonly string? _assembly = compilation.AssemblyName;

    public bool IsOf(Compilation other) => _compilation.TryGetTarget(out var own) && ReferenceEquals(own, other);

    /// <summary>The files that differ in the next state, if they declare the same symbols; null if any declaration may have changed.</summary>
    public IReadOnlyList<SyntaxTree>? ReplacedIn(DeclarationState next)
    {
        if (_files.Length != next._files.Length || _assembly != next._assembly || !_options.Equals(next._options)
            || !(_references == next._references || _references.SequenceEqual(next._references)))
        {
            return null;
        }

        var replaced = new List<SyntaxTree>();
        for (var i = 0; i < _files.Length; i++)
        {
            var (before, after) = (_files[i], next._files[i]);
            if (ReferenceEquals(before, after))
                continue;
            if (!DeclareTheSame(before, after))
                return null;
            replaced.Add(before);
        }

        return replaced;
    }

    // Roslyn's comparison, which ignores bodies and field initializers except those of constants.
    private static bool DeclareTheSame(SyntaxTree before, SyntaxTree after)
    {
        return before.FilePath == after.FilePath && before.Options.Equals(after.Options) && SyntaxFactory.AreEquivalent(before, after, topLevel: true);
    }
}
