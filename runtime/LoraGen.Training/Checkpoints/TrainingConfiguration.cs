using System.Globalization;
using System.Security.Cryptography;
using LoraGen.Training.Loop;
using TorchSharp.Modules;

namespace LoraGen.Training.Checkpoints;

/// <summary>What a training depends on, as texts by name. A checkpoint of another configuration can't be continued exactly.</summary>
internal static class TrainingConfiguration
{
    private const int ShownLength = 160;

    public static SortedDictionary<string, string> Of<TBatch>(TrainingSetup setup, TrainingData<TBatch> data)
        where TBatch : IDisposable
    {
        var options = setup.Options;
        SortedDictionary<string, string> all = new(StringComparer.Ordinal)
        {
            ["model"] = setup.Model.GetType().FullName!,
            ["adapter"] = setup.Adapter is { } adapter ? $"{adapter.GetType().FullName} \"{adapter.Name}\"" : "none",
            ["optimizer"] = $"{setup.Optimizer}",
            ["optimizer: options"] = OptionsOf(setup),
            ["options: length"] = options.Steps is { } steps ? $"{steps} steps" : $"{options.Epochs} epochs",
            ["options: Accumulation"] = Text(options.Accumulation),
            ["options: MaxGradientNorm"] = Text(options.MaxGradientNorm),
            ["options: LearningRate"] = string.Create(CultureInfo.InvariantCulture, $"{options.LearningRate}"),
            ["options: EvaluateEvery"] = Text(options.EvaluateEvery),
            ["options: EarlyStopping"] = $"{options.EarlyStopping?.ToString() ?? "none"}",
            ["options: NonFinite"] = Text(options.NonFinite),
            ["options: Scaler"] = options.Scaler is null ? "none" : nameof(LossScaler),
            ["options: Seed"] = Text(options.Seed),
            ["options: Random"] = options.Random is null ? "none" : nameof(TrainingRandom),
            ["data to train on"] = data.Train.Description,
            ["data of the evaluation"] = data.Evaluation?.Description ?? "none",
        };
        foreach (var (rate, index) in setup.Rates.Bases.Select((rate, index) => (rate, index)))
            all[$"optimizer: base rate of group {index}"] = Text(rate);
        foreach (var site in setup.Adapter?.Sites ?? [])
            all[$"site {site.Path}"] = site.Method.ToString()!;
        foreach (var (name, parameter) in setup.Parameters.Named)
            all[$"parameter {name}"] = $"[{string.Join(", ", parameter.shape)}] {parameter.dtype}";
        return all;
    }

    /// <exception cref="InvalidDataException">They differ; the message lists all differences.</exception>
    public static void EnsureEqual(IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> own, string checkpoint)
    {
        string[] differences = [.. Differences(saved, own, "the checkpoint")];
        if (differences.Length > 0)
        {
            throw new InvalidDataException(
                $"\"{checkpoint}\" is a checkpoint of another training, which can't be continued by this one:{Environment.NewLine}- "
                + string.Join($"{Environment.NewLine}- ", differences)
                + $"{Environment.NewLine}Create the training as the saved one, or choose another folder.");
        }
    }

    /// <summary>A line for each entry that differs, in the order of the names.</summary>
    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> own, string place)
    {
        return saved.Keys.Union(own.Keys).Order(StringComparer.Ordinal).Where(key => saved.GetValueOrDefault(key) != own.GetValueOrDefault(key))
            .Select(key => $"{key}: {Shown(saved, key)} in {place}, {Shown(own, key)} here");
    }

    // TorchSharp's options can only be written. Two hashes tell whether they are equal.
    private static string OptionsOf(TrainingSetup setup)
    {
        setup.Rates.Set(1);
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        foreach (var options in ((OptimizerHelper)setup.Optimizer).state_dict().Options)
            options.SaveStateDict(writer);
        writer.Flush();
        return $"hash {Convert.ToHexString(SHA256.HashData(memory.ToArray()))[..12]} (weight decay, betas and others)";
    }

    private static string Text<T>(T value) => value is null ? "none" : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static string Shown(IReadOnlyDictionary<string, string> all, string key)
    {
        return all.TryGetValue(key, out var text) ? text.Length <= ShownLength ? text : text[..ShownLength] + "…" : "absent";
    }
}
