using LoraGen.Benchmarks.Measuring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Benchmarks.Generation;

/// <summary>A generator in an IDE, where somebody types in a file that it has nothing to do with. Only the generator's run is timed.</summary>
internal sealed class Editor
{
    private readonly List<double> _times = [];
    private readonly List<double> _kilobytes = [];
    private CSharpCompilation _project;
    private GeneratorDriver _driver;
    private int _edits;

    public Editor(CSharpCompilation project, IIncrementalGenerator generator)
    {
        _project = project;
        _driver = Project.Driver(generator).RunGenerators(project);
    }

    public Series Times => new(_times);

    public Series Kilobytes => new(_kilobytes);

    public void Type(bool record)
    {
        _project = Project.Edit(_project, ++_edits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var time = Stopwatches.Time(() => _driver = _driver.RunGenerators(_project));
        if (!record)
            return;

        _times.Add(time);
        _kilobytes.Add((GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0);
    }
}
