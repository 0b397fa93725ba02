using LoraGen.Benchmarks.Measuring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Benchmarks.Generation;

/// <summary>A generator in an IDE, where somebody types in a file that it has nothing to do with.</summary>
internal sealed class Editor
{
    private CSharpCompilation _project;
    private GeneratorDriver _driver;
    private int _edits;

    public Editor(CSharpCompilation project, IIncrementalGenerator generator)
    {
        _project = project;
        _driver = Project.Driver(generator).RunGenerators(project);
    }

    /// <summary>Only the generator's run is timed.</summary>
    public Variant Variant(string name)
    {
        return new(name, () => _driver = _driver.RunGenerators(_project), Before: () => _project = Project.Edit(_project, ++_edits));
    }
}
