using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>The files of which more than the declarations is read.</summary>
internal sealed class ReadFiles
{
    private readonly HashSet<SyntaxTree> _files = [];

    public void Add(SyntaxTree file) => _files.Add(file);

    /// <summary>Every file that declares the class.</summary>
    public void Add(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
            _files.Add(reference.SyntaxTree);
    }

    public bool Contains(SyntaxTree file) => _files.Contains(file);
}
