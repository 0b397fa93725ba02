using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>The number of steps of an adapter's optimizer, and what its method keeps between them, as the last entry of the optimizer's saved state.</summary>
internal sealed class SavedSteps(AdapterBase adapter) : OptimizerState(null!)
{
    public long Count { get; set; }

    private string Schedule => adapter.Sites[0].Method.Schedule;

    public override void Initialize(OptimizerOptions options)
    {
        // The method starts its state when the optimizer is created.
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sites = adapter.SaveSteps();
        writer.Write(Count);
        writer.Write(Schedule);
        writer.Write(sites.Count);
        foreach (var (site, tensors) in sites)
        {
            writer.Write(site.Path);
            writer.Write(tensors.Count);
            foreach (var tensor in tensors)
                tensor.detach().contiguous().Save(writer);
        }
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var own = adapter.SaveSteps();
        var count = reader.ReadInt64();
        Ensure("schedule", reader.ReadString(), Schedule);
        Ensure("number of sites", reader.ReadInt32(), own.Count);
        var saved = own.Select(entry => Read(reader, entry.Site.Path, entry.Tensors)).ToArray();
        foreach (var ((site, _), tensors) in own.Zip(saved))
            EnsureOf(site, tensors);
        Count = count;
        foreach (var ((site, _), tensors) in own.Zip(saved))
            site.Method.LoadSteps(site, tensors);
        adapter.ForgetStep();
    }

    public override void LoadStateDict(OptimizerState source)
    {
        using var copy = new MemoryStream();
        using var writer = new BinaryWriter(copy);
        source.SaveStateDict(writer);
        writer.Flush();
        copy.Position = 0;
        using var reader = new BinaryReader(copy);
        LoadStateDict(reader);
    }

    // TorchSharp's own reader would replace a tensor of another shape.
    private static Tensor[] Read(BinaryReader reader, string path, IReadOnlyList<Tensor> own)
    {
        Ensure("site", reader.ReadString(), path);
        Ensure($"number of tensors at {path}", reader.ReadInt32(), own.Count);
        return [.. own.Select(tensor => ReadTensor(reader, path, tensor))];
    }

    private static Tensor ReadTensor(BinaryReader reader, string path, Tensor own)
    {
        var value = TensorExtensionMethods.Load(reader);
        Ensure($"shape at {path}", Text(value), Text(own));
        return value.to(own.dtype, own.device);
    }

    private static void EnsureOf(Site site, IReadOnlyList<Tensor> saved)
    {
        if (!site.Method.AreStepsOf(site, saved))
        {
            throw new InvalidDataException(
                $"The saved state of the adapter's optimizer does not fit the adapter: it was saved with other values at {site.Path}, in another training or at "
                + "another step. Load the adapter that was saved with it before, or begin without a state.");
        }
    }

    private static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private static void Ensure<T>(string what, T saved, T own)
    {
        if (!Equals(saved, own))
        {
            throw new InvalidDataException(
                $"The saved state of the adapter's optimizer does not fit the adapter: the {what} is {saved}, expected {own}. Use the options and the model with "
                + "which it was saved, or begin without a state.");
        }
    }
}
