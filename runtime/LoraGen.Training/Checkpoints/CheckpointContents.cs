using LoraGen.Training.Loop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Training.Checkpoints;

/// <summary>The files of a checkpoint.</summary>
internal sealed class CheckpointContents(TrainingSetup setup, SortedDictionary<string, string> configuration)
{
    private const string Training = "training.json";
    private const string Earlier = "Delete this checkpoint to continue from the one before.";
    private const string Last = "The model has the values of the last step; set LoadBest to false to keep them.";
    private const string Optimizer = "optimizer.bin";
    private const string Scaler = "scaler.json";
    private const string Tensors = "tensors.safetensors";
    private const string Generator = "random";
    private const string Parameter = "parameter.";
    private const string Buffer = "buffer.";
    private const string Gradient = "gradient.";

    private readonly ModelBuffers _buffers = new(setup.Model);

    /// <summary>The folder of the adapter or of the model in a checkpoint.</summary>
    public string Values { get; } = setup.Adapter is null ? "model" : "adapter";

    public void Save(string folder, TrainingProgress progress)
    {
        using var scope = NewDisposeScope();
        var values = Path.Combine(folder, Values);
        if (setup.Adapter is { } adapter)
            adapter.Save(values);
        else
            setup.Model.SaveCheckpoint(values);
        SafetensorsWriter.Write(Path.Combine(folder, Tensors), Stored().ToList());
        using (var stream = new FileStream(Path.Combine(folder, Optimizer), FileMode.CreateNew, FileAccess.Write))
        {
            using var writer = new BinaryWriter(stream);
            ((OptimizerHelper)setup.Optimizer).save_state_dict(writer);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        setup.Options.Scaler?.SaveState(Path.Combine(folder, Scaler));
        new SavedTraining(configuration, progress, setup.Options.Random?.State, CheckpointFiles.Of(folder)).Write(Path.Combine(folder, Training));
    }

    /// <summary>Restores everything.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or a checkpoint of another configuration; nothing was changed.</exception>
    public TrainingProgress Load(string folder)
    {
        var saved = SavedTraining.Read(Path.Combine(folder, Training), Earlier);
        TrainingConfiguration.EnsureEqual(saved.Configuration, configuration, folder);
        CheckpointFiles.EnsureIntact(folder, saved.Files, Earlier);
        LoadIntactValues(folder);
        LoadOptimizer(Path.Combine(folder, Optimizer));
        setup.Options.Scaler?.LoadState(Path.Combine(folder, Scaler));
        if (setup.Options.Random is { } random)
            random.State = saved.Random!.Value;
        LoadState(folder);
        return saved.Progress;
    }

    /// <summary>Restores what is trained, and the buffers of the model.</summary>
    /// <exception cref="InvalidDataException">It is damaged; nothing was changed.</exception>
    public void LoadValues(string folder)
    {
        CheckpointFiles.EnsureIntact(folder, SavedTraining.Read(Path.Combine(folder, Training), Last).Files, Last);
        LoadIntactValues(folder);
    }

    private void LoadIntactValues(string folder)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Path.Combine(folder, Tensors), map: false);
        foreach (var (name, parameter) in setup.Adapter is null ? [] : setup.Parameters.OutsideAdapter)
            parameter.copy_(file.Read(Parameter + name));
        foreach (var name in NamesOf(file, Buffer))
            _buffers[name].copy_(file.Read(Buffer + name));
        var values = Path.Combine(folder, Values);
        if (setup.Adapter is { } adapter)
            adapter.Load(values, allowNonFinite: true);
        else
            setup.Model.LoadCheckpoint(values);
    }

    // Those of LoraGen name the file in their errors, and an adapter's keeps its state; TorchSharp's method is not virtual. No dispose scope is open here: the
    // tensors of the optimizer's state would belong to it.
    private void LoadOptimizer(string path)
    {
        switch (setup.Optimizer)
        {
            case AdapterOptimizer optimizer:
                optimizer.load_state_dict(path);
                break;
            case MasterWeights optimizer:
                optimizer.load_state_dict(path);
                break;
            case AdamOptimizer optimizer:
                optimizer.load_state_dict(path);
                break;
            default:
                ((OptimizerHelper)setup.Optimizer).load_state_dict(path);
                break;
        }
    }

    private void LoadState(string folder)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Path.Combine(folder, Tensors), map: false);
        foreach (var (name, parameter) in setup.Parameters.Named.Where(named => file.Contains(Gradient + named.Name)))
        {
            // A norm of the gradients is a sum in the order of their elements in memory.
            parameter.grad = empty_like(parameter).copy_(file.Read(Gradient + name));
        }

        random.set_rng_state(file.Read(Generator));
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Stored()
    {
        yield return KeyValuePair.Create(Generator, random.get_rng_state());
        foreach (var (name, parameter) in setup.Parameters.Named)
        {
            if (parameter.grad is { } gradient)
                yield return KeyValuePair.Create(Gradient + name, gradient);
        }

        if (setup.Adapter is null)
            yield break;
        foreach (var (name, parameter) in setup.Parameters.OutsideAdapter)
            yield return KeyValuePair.Create(Parameter + name, (Tensor)parameter);
        foreach (var (name, buffer) in _buffers.Changed)
            yield return KeyValuePair.Create(Buffer + name, buffer);
    }

    private static IEnumerable<string> NamesOf(SafetensorsFile file, string prefix)
    {
        return file.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => tensor.Name[prefix.Length..]);
    }
}
