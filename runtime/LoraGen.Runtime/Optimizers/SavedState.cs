using TorchSharp.Modules;

namespace LoraGen.Optimizers;

/// <summary>Loads the saved state of an optimizer, and says what is wrong with it: TorchSharp's errors neither name the file nor what it should have.</summary>
internal static class SavedState
{
    private const string Advice = "Use a complete state of an optimizer that was created as this one, or begin without a state.";

    /// <summary>Loads a file.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="location">The file.</param>
    /// <param name="load">TorchSharp's method.</param>
    /// <exception cref="InvalidDataException">It is cut or damaged, or of another optimizer.</exception>
    public static void Load(OptimizerHelper optimizer, string location, Action<BinaryReader> load)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        Load(optimizer, reader, $"\"{location}\": ", load);
    }

    /// <inheritdoc cref="Load(OptimizerHelper, string, Action{BinaryReader})"/>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="reader">Reads the state.</param>
    /// <param name="place">What precedes the reason in an error.</param>
    /// <param name="load">TorchSharp's method.</param>
    public static void Load(OptimizerHelper optimizer, BinaryReader reader, string place, Action<BinaryReader> load)
    {
        var start = reader.BaseStream.CanSeek ? reader.BaseStream.Position : 0;
        try
        {
            load(reader);
        }
        catch (Exception error)
        {
            var loaded = IsRefusedBeforeLoading(optimizer, reader, start)
                ? string.Empty
                : " A part of it may have been loaded: create the optimizer again before using it.";
            throw new InvalidDataException($"{place}{Reason(optimizer, reader, start, error)}{loaded}", error);
        }
    }

    private static string Reason(OptimizerHelper optimizer, BinaryReader reader, long start, Exception error)
    {
        if (error is InvalidDataException)
            return error.Message;
        if (!reader.BaseStream.CanSeek)
            return $"The saved state is cut or damaged, or was saved for other parameters ({error.Message}). {Advice}";
        if (Header(reader, start) is { } saved && Header(optimizer) is var own && saved.Counts != own.Counts)
            return $"The saved state has {Text(saved.Counts)}, and this optimizer {Text(own.Counts)}. {Advice}";

        var (actual, expected) = (reader.BaseStream.Length - start, Size(optimizer));
        return actual < expected
            ? $"The saved state has {actual} bytes, and that of this optimizer {expected}: it was cut, or saved for other parameters. {Advice}"
            : $"The saved state is damaged, or was saved for other parameters or options ({error.Message}). {Advice}";
    }

    // TorchSharp compares the name of the optimizer and the counts; entries that are compared with the optimizer, and not loaded, follow.
    private static bool IsRefusedBeforeLoading(OptimizerHelper optimizer, BinaryReader reader, long start)
    {
        if (!reader.BaseStream.CanSeek)
            return false;
        if (Header(reader, start) != Header(optimizer))
            return true;

        try
        {
            foreach (var compared in optimizer.state_dict().Options.TakeWhile(options => options is InnerOptimizer or SavedShapes))
                compared.LoadStateDict(reader);
            return false;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or FormatException or ArgumentException)
        {
            return true;
        }
    }

    private static string Text((long Options, long States) counts) => $"{counts.Options} sets of options and {counts.States} of values";

    private static (string Name, (long Options, long States) Counts) Header(OptimizerHelper optimizer)
    {
        var state = optimizer.state_dict();
        return (optimizer.GetType().Name, (state.Options.Count, state.State.Count));
    }

    // Null if it was cut too.
    private static (string Name, (long Options, long States) Counts)? Header(BinaryReader reader, long start)
    {
        try
        {
            reader.BaseStream.Position = start;
            return (reader.ReadString(), (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64()));
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            return null;
        }
    }

    private static long Size(OptimizerHelper optimizer)
    {
        using var counted = new CountedBytes();
        using var writer = new BinaryWriter(counted);
        optimizer.save_state_dict(writer);
        writer.Flush();
        return counted.Length;
    }
}
