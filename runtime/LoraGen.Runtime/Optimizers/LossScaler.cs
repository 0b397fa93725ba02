using System.Text.Json;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Scales the loss of a model in float16, whose gradients would otherwise be smaller than the smallest number of the type, as PyTorch's <c>GradScaler</c> does.
/// A step with gradients that are not finite is skipped, and the factor reduced; after many steps without one it is increased.
/// </summary>
/// <remarks>
/// Call <c>scaler.Scale(loss).backward()</c>, then <see cref="Step"/> instead of the optimizer's <c>step()</c>, and <see cref="Update"/> after the steps of all
/// optimizers. To clip the gradients, call <see cref="Unscale"/> before. To accumulate gradients, use the same factor for all of them: call
/// <see cref="Step"/> and <see cref="Update"/> after the last <c>backward()</c> only.
/// </remarks>
public sealed class LossScaler
{
    private readonly Dictionary<optim.Optimizer, Progress> _optimizers = new(ReferenceEqualityComparer.Instance);
    private int _growthTracker;

    /// <summary>Creates a scaler.</summary>
    /// <param name="initialFactor">The first factor, greater than 0.</param>
    /// <param name="growthFactor">What the factor is multiplied by after enough steps in a row, greater than 1.</param>
    /// <param name="backoffFactor">What the factor is multiplied by after a skipped step, between 0 and 1.</param>
    /// <param name="growthInterval">The number of steps in a row after which the factor grows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public LossScaler(double initialFactor = 65536, double growthFactor = 2, double backoffFactor = 0.5, int growthInterval = 2000)
    {
        Check(initialFactor > 0 && double.IsFinite(initialFactor), nameof(initialFactor), initialFactor, "greater than 0");
        Check(growthFactor > 1 && double.IsFinite(growthFactor), nameof(growthFactor), growthFactor, "greater than 1");
        Check(backoffFactor is > 0 and < 1, nameof(backoffFactor), backoffFactor, "between 0 and 1");
        Check(growthInterval >= 1, nameof(growthInterval), growthInterval, "at least 1");
        (Factor, GrowthFactor, BackoffFactor, GrowthInterval) = (initialFactor, growthFactor, backoffFactor, growthInterval);
    }

    private enum Stage
    {
        Unscaled,
        Stepped,
    }

    /// <summary>What a loss is multiplied by.</summary>
    public double Factor { get; private set; }

    /// <summary>What the factor is multiplied by after <see cref="GrowthInterval"/> steps in a row.</summary>
    public double GrowthFactor { get; private set; }

    /// <summary>What the factor is multiplied by after a skipped step.</summary>
    public double BackoffFactor { get; private set; }

    /// <summary>The number of steps in a row after which the factor grows.</summary>
    public int GrowthInterval { get; private set; }

    /// <summary>The number of steps that were skipped. A few at the start are usual; if all are, the model itself overflows.</summary>
    public long SkippedSteps { get; private set; }

    /// <summary>Returns the loss multiplied by the factor. Compute the loss in float32, whose numbers are large enough for the product.</summary>
    public Tensor Scale(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss * Factor;
    }

    /// <summary>
    /// Divides the gradients of an optimizer's parameters by the factor, so that they can be clipped. Under <see cref="MasterWeights"/> these are the gradients
    /// of the masters: clip those of <c>optimizer.parameters()</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// It was called for the optimizer since the last <see cref="Update"/>, there are no gradients, or a gradient is in float16, where it would be lost.
    /// </exception>
    public void Unscale(optim.Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (_optimizers.TryGetValue(optimizer, out var progress))
        {
            var earlier = progress.Stage == Stage.Unscaled ? nameof(Unscale) : nameof(Step);
            throw new InvalidOperationException($"{earlier} was called for this optimizer since the last Update().");
        }

        if (optimizer is AdapterOptimizer { Inner: MasterWeights { HasMasters: true } })
        {
            throw new InvalidOperationException(
                "The adapter's parameters are in half precision, and its method acts on their gradients, which can't be unscaled there. Attach the adapter in "
                + "float32, which is what it has without a dtype.");
        }

        if (optimizer is MasterWeights masters)
            masters.Collect();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] gradients = [.. optimizer.parameters().Select(parameter => parameter.grad).OfType<Tensor>()];
        EnsureCanBeUnscaled(gradients);
        var isFinite = FiniteValues.AreAll(gradients);
        foreach (var gradient in gradients)
            gradient.mul_(1 / Factor);
        _optimizers[optimizer] = new Progress(Stage.Unscaled, isFinite);
    }

    /// <summary>Performs the optimizer's step, after <see cref="Unscale"/> if that was not called, unless a gradient is not finite.</summary>
    /// <returns>Whether the step was performed: only then a scheduler's step should follow.</returns>
    /// <exception cref="InvalidOperationException">
    /// It was called for the optimizer since the last <see cref="Update"/>, or <see cref="Unscale"/> fails.
    /// </exception>
    public bool Step(optim.Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!_optimizers.TryGetValue(optimizer, out var progress) || progress.Stage == Stage.Stepped)
            Unscale(optimizer);
        var isFinite = _optimizers[optimizer].IsFinite;
        if (isFinite)
            optimizer.step();
        else
            SkippedSteps++;
        _optimizers[optimizer] = new Progress(Stage.Stepped, isFinite);
        return isFinite;
    }

    /// <summary>
    /// Adapts the factor to the steps since the last update: reduces it if gradients were not finite, and increases it after enough steps in a row.
    /// </summary>
    /// <exception cref="InvalidOperationException">There was no step.</exception>
    public void Update()
    {
        if (_optimizers.Count == 0)
            throw new InvalidOperationException("Update() adapts the factor to the last step, and there was none: call Step(optimizer) before.");

        if (_optimizers.Values.Any(progress => !progress.IsFinite))
        {
            (Factor, _growthTracker) = (Factor * BackoffFactor, 0);
        }
        else if (++_growthTracker == GrowthInterval)
        {
            // The factor is a number of float32 in the gradients' graph.
            Factor = float.IsFinite((float)(Factor * GrowthFactor)) ? Factor * GrowthFactor : Factor;
            _growthTracker = 0;
        }

        _optimizers.Clear();
    }

    /// <summary>Saves the factor, the options and the counts as JSON, with the names that PyTorch's <c>state_dict</c> has for them.</summary>
    /// <param name="path">The file, which is replaced.</param>
    public void SaveState(string path)
    {
        var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteNumber("scale", Factor);
            json.WriteNumber("growth_factor", GrowthFactor);
            json.WriteNumber("backoff_factor", BackoffFactor);
            json.WriteNumber("growth_interval", GrowthInterval);
            json.WriteNumber("_growth_tracker", _growthTracker);
            json.WriteNumber("skipped_steps", SkippedSteps);
            json.WriteEndObject();
        }

        using var file = ReplacedFile.Prepare(path, memory.Length, handle => RandomAccess.Write(handle, memory.ToArray(), 0));
        file.Replace();
    }

    /// <summary>Restores what <see cref="SaveState"/> has saved.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not one of a scaler.</exception>
    public void LoadState(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            var loaded = new LossScaler(Number("scale"), Number("growth_factor"), Number("backoff_factor"), root.GetProperty("growth_interval").GetInt32());
            var (tracker, skipped) = (root.GetProperty("_growth_tracker").GetInt32(), root.GetProperty("skipped_steps").GetInt64());
            (Factor, GrowthFactor, BackoffFactor, GrowthInterval) = (loaded.Factor, loaded.GrowthFactor, loaded.BackoffFactor, loaded.GrowthInterval);
            (_growthTracker, SkippedSteps) = (tracker, skipped);
            _optimizers.Clear();

            double Number(string name) => root.GetProperty(name).GetDouble();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"\"{path}\" is not the saved state of a LossScaler: {error.Message}", error);
        }
    }

    private static void EnsureCanBeUnscaled(Tensor[] gradients)
    {
        if (gradients.Length == 0)
        {
            throw new InvalidOperationException(
                "None of the optimizer's parameters has a gradient. Call scaler.Scale(loss).backward() before, for a loss that depends on them.");
        }

        if (gradients.FirstOrDefault(gradient => gradient.dtype == ScalarType.Float16) is { } narrow)
        {
            throw new InvalidOperationException(
                $"The gradient of a parameter of shape [{string.Join(", ", narrow.shape)}] is in float16, where it would be lost when it is divided by the "
                + "factor. Train the parameters by MasterWeights, or an adapter in float32.");
        }
    }

    private static void Check(bool isValid, string name, object value, string range)
    {
        if (!isValid)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
    }

    private readonly record struct Progress(Stage Stage, bool IsFinite);
}
