using LoraGen.Formats;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>
    /// Writes named tensors to a file, one after the other: at most one of them at a time is copied to the CPU or made contiguous. The bytes only depend on the
    /// tensors and the metadata, and are those of the reference implementation: types from wide to narrow, then names.
    /// </summary>
    /// <remarks>
    /// The file is written under another name in the same folder (<c>….tmp</c>), flushed to the disk and then renamed, so a process that is killed at any
    /// moment leaves either the old file or the new one. Tensors that share memory are each written in full.
    /// </remarks>
    /// <param name="path">The file; its folder must exist. An existing file is replaced.</param>
    /// <param name="tensors">Tensors of any shape, strides and device; for example a <c>state_dict()</c>.</param>
    /// <param name="metadata">The <see cref="SafetensorsFile.Metadata"/>. Python's loaders require <c>format</c> = <c>pt</c>.</param>
    /// <exception cref="ArgumentException">
    /// A name is duplicate or can't be written, or the format doesn't support a tensor's type; nothing was written.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The disk is full, …; the old file, if any, is unchanged.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        using var file = Prepare(path, tensors, metadata, FileProgress.None);
        file.Replace();
    }

    /// <summary>Writes the file without renaming it.</summary>
    internal static ReplacedFile Prepare(
        string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata, FileProgress progress)
    {
        var plan = SafetensorsPlan.Of(tensors, metadata);
        progress.Begin(plan.Length);
        return Prepare(path, plan, progress);
    }

    /// <summary>Writes one of several files without renaming it. The progress has begun with the length of all.</summary>
    internal static ReplacedFile Prepare(string path, SafetensorsPlan plan, FileProgress progress)
    {
        return ReplacedFile.Prepare(path, plan.Length, file => Write(file, plan, progress));
    }

    private static void Write(SafeFileHandle file, SafetensorsPlan plan, FileProgress progress)
    {
        using var noGrad = no_grad();
        RandomAccess.Write(file, plan.Header, 0);
        progress.Add(plan.Header.Length);
        foreach (var (entry, tensor) in plan.Tensors)
        {
            using var scope = NewDisposeScope();
            var start = plan.Header.Length + entry.Begin;
            TensorBytes.ForEachPart(DeferredValues.Of(tensor).cpu().contiguous(), (position, part) =>
            {
                RandomAccess.Write(file, part, start + position);
                progress.Add(part.Length);
            });
        }
    }
}
