using LoraGen.Training.Loop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Training;

/// <summary>
/// Trains a model, or an adapter of it, by any optimizer: accumulation, clipping, the learning rate, evaluations and early stopping. For example
/// <c>new Trainer&lt;Batch&gt;(model, optimizer, batch => Loss(model, batch), new TrainingOptions { Epochs = 3 }, lora)</c>.
/// </summary>
/// <remarks>
/// <para>
/// The optimizer may be one of TorchSharp's, <see cref="GaLore"/>, <see cref="BAdam"/>, <see cref="AdamW8Bit"/>, <see cref="MasterWeights"/>, or that of an
/// adapter (<see cref="IOptimizerSource.Optimizer"/>). The trainer does not dispose it, the model or the adapter.
/// </para>
/// <para>
/// A step removes the gradients, calls the loss function for <see cref="TrainingOptions.Accumulation"/> batches, and makes their gradients those of the mean
/// over all of them. Then it adds the gradient of the adapter's <see cref="AdapterBase.Penalty"/>, which the loss must not contain, clips, and performs the
/// step of the optimizer. Each batch has a dispose scope of its own.
/// </para>
/// </remarks>
/// <typeparam name="TBatch">A batch, which is disposed when it is used.</typeparam>
public sealed class Trainer<TBatch>
    where TBatch : IDisposable
{
    private readonly TrainingSetup _setup;
    private readonly Func<TBatch, BatchLoss> _loss;

    /// <summary>Creates a trainer. Create it after moving the model, attaching the adapter and creating the optimizer.</summary>
    /// <param name="model">The model, whose training mode is set in steps, and its evaluation mode in evaluations. Both are restored at the end.</param>
    /// <param name="optimizer">The optimizer. The learning rates of its groups are the base of <see cref="TrainingOptions.LearningRate"/>.</param>
    /// <param name="loss">Computes the loss of a batch, in steps and in evaluations. It runs on another thread.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="adapter">The adapter that is trained; null if the model itself is.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// There is nothing to train, the optimizer has parameters of something else, the adapter needs an optimizer that it creates, or it is LBFGS.
    /// </exception>
    /// <exception cref="InvalidOperationException">The adapter is detached, inactive or merged.</exception>
    public Trainer(nn.Module model, optim.Optimizer optimizer, Func<TBatch, BatchLoss> loss, TrainingOptions? options = null, AdapterBase? adapter = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        options ??= new TrainingOptions();
        options.Validate();
        EnsureSteps(optimizer);
        if (adapter is not null)
            EnsureTrainable(adapter, optimizer);
        (_setup, _loss) = (new TrainingSetup(model, optimizer, options, adapter), loss);
    }

    /// <summary>Trains on another thread.</summary>
    /// <param name="train">The batches to learn from.</param>
    /// <param name="evaluation">The batches of an evaluation, which are those of its epoch 0; null for none.</param>
    /// <param name="progress">Gets the state after each step, on the other thread.</param>
    /// <param name="cancellationToken">Ends the training after the present batch.</param>
    /// <returns>The result, when all steps are done or the evaluation no longer improves.</returns>
    /// <exception cref="ArgumentException">
    /// The learning rate needs the number of steps, and the data's length isn't known; or early stopping is set, and there is no evaluation.
    /// </exception>
    /// <exception cref="NotFiniteNumberException">
    /// A loss or a gradient is infinite or NaN, and <see cref="TrainingOptions.NonFinite"/> is <see cref="NonFiniteStep.Stop"/>. The message names the batch.
    /// </exception>
    /// <exception cref="InvalidOperationException">The data has no batches, or the loss function returned something that is no loss.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public Task<TrainingResult> RunAsync(
        IBatchSource<TBatch> train,
        IBatchSource<TBatch>? evaluation = null,
        IProgress<TrainingState>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        var data = TrainingData<TBatch>.Of(train, evaluation, _setup.Options);
        return Task.Factory.StartNew(
            () =>
            {
                using var run = new TrainingRun<TBatch>(_setup, _loss, data, progress, cancellationToken);
                return run.Run();
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private static void EnsureSteps(optim.Optimizer optimizer)
    {
        if (optimizer is not OptimizerHelper)
        {
            throw new ArgumentException(
                $"{optimizer.GetType().Name} evaluates the loss several times in a step and has no state that can be saved, so the trainer can't use it. Use "
                + "one of the optimizers that derive from OptimizerHelper, such as AdamW.",
                nameof(optimizer));
        }
    }

    private static void EnsureTrainable(AdapterBase adapter, optim.Optimizer optimizer)
    {
        if (!adapter.IsAttached || !adapter.IsActive || adapter.IsMerged)
        {
            throw new InvalidOperationException(
                $"Adapter \"{adapter.Name}\" is {(!adapter.IsAttached ? "detached" : adapter.IsMerged ? "merged" : "inactive")}, so it can't be trained. "
                + $"{(!adapter.IsAttached ? "Attach a new one" : adapter.IsMerged ? "Call Unmerge()" : "Set IsActive to true")} first.");
        }

        if (adapter is IOptimizerSource && optimizer is not AdapterOptimizer)
        {
            throw new ArgumentException(
                $"The method of adapter \"{adapter.Name}\" acts on the steps of its optimizer, and this is a {optimizer.GetType().Name}. Create it by the "
                + "adapter: Optimizer(parameters => …).",
                nameof(optimizer));
        }
    }
}
