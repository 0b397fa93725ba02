using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Reading;

/// <summary>
/// What one driver has read, reused as long as nothing that it depends on has changed: a root depends on the bodies of few files, and in all others only on the
/// declarations, which most edits leave unchanged.
/// </summary>
internal sealed class ReadCache
{
    private readonly object _gate = new();
    private readonly Dictionary<(object Kind, SyntaxNode Place), Entry> _entries = [];
    private DeclarationState? _declarations;

    /// <param name="kind">What is read.</param>
    /// <param name="place">The node that it is read for; null if there is no source, in which case nothing is cached.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="read">Reads it; it must add the files of which it reads more than declarations.</param>
    public T Get<T>(object kind, SyntaxNode? place, Compilation compilation, Func<ReadFiles, T> read)
        where T : class
    {
        if (place is null)
            return read(new ReadFiles());
        if (Find(kind, place, compilation) is not { } entry)
        {
            var files = new ReadFiles();
            files.Add(place.SyntaxTree);
            entry = new Entry(read(files), files);
            Keep(kind, place, compilation, entry);
        }

        return (T)entry.Value;
    }

    private Entry? Find(object kind, SyntaxNode place, Compilation compilation)
    {
        lock (_gate)
        {
            MoveOn((CSharpCompilation)compilation);
            return _entries.TryGetValue((kind, place), out var known) ? known : null;
        }
    }

    private void Keep(object kind, SyntaxNode place, Compilation compilation, Entry entry)
    {
        lock (_gate)
        {
            if (_declarations?.IsOf(compilation) == true)
                _entries[(kind, place)] = entry;
        }
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

    private sealed record Entry(object Value, ReadFiles Files);
}
