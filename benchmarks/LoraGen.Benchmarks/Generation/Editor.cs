using LoraGen.Benchmarks.Measuring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Benchmarks.Generation;

/// <summary>A generator in an IDE, where somebody edits a project.</summary>
/// <param name="project">The project.</param>
/// <param name="generator">The generator.</param>
/// <param name="edit">Makes an edit of the given number.</param>
internal sealed class Editor(CSharpCompilation project, IIncrementalGenerator generator, Func<CSharpCompilation, int, CSharpCompilation> edit)
{
    private CSharpCompilation _project = project;
    private GeneratorDriver _driver = Project.Driver(project, generator).RunGenerators(project);
    private int _edits;

    /// <summary>Only the generator's run is timed.</summary>
    public Variant Variant(string name)
    {
        return new(name, () => _driver = _driver.RunGenerators(_project), Before: () => _project = edit(_project, ++_edits));
    }
}
