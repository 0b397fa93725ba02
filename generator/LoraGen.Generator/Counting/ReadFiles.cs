using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Counting;

/// <summary>The files in which a count reads more than declarations.</summary>
internal sealed class ReadFiles
{
    private readonly HashSet<SyntaxTree> _files = [];

    /// <summary>Every file that the class is declared in.</summary>
    public void Add(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
            _files.Add(reference.SyntaxTree);
    }

    public bool Contains(SyntaxTree file) => _files.Contains(file);
}
