using LoraGen.Training.Checkpoints;
using LoraGen.Training.Diagnosis;
using static TorchSharp.torch;

namespace LoraGen.Training.Loop;

/// <summary>One run of a training, on one thread.</summary>
internal sealed class TrainingRun<TBatch> : IDisposable
    where TBatch : IDisposable
{
    private readonly TrainingSetup _setup;
    private readonly TrainingOptions _options;
    private readonly TrainingData<TBatch> _data;
    private readonly IProgress<TrainingState>? _report;
    private readonly CancellationToken _cancellation;
    private readonly StepGradients _gradients;
    private readonly BatchLosses<TBatch> _losses;
    private readonly Evaluation<TBatch>? _evaluation;
    private readonly TrainingDiagnosis _diagnosis;
    private readonly ResourceMeter _meter = new();
    private readonly CheckpointStore? _checkpoints;
    private TrainingProgress _progress = new();
    private (long Steps, double Count, TimeSpan Time) _done;

    public TrainingRun(
        TrainingSetup setup, Func<TBatch, BatchLoss> loss, TrainingData<TBatch> data, IProgress<TrainingState>? report, CancellationToken cancellation)
    {
        (_setup, _options, _data, _report, _cancellation) = (setup, setup.Options, data, report, cancellation);
        _gradients = new StepGradients(setup);
        _diagnosis = new TrainingDiagnosis(setup);
        _losses = new BatchLosses<TBatch>(loss, setup.Options);
        _evaluation = data.Evaluation is { } evaluation ? new Evaluation<TBatch>(setup.Model, loss, evaluation, setup.Options.Metrics) : null;
        _checkpoints = CheckpointStore.Of(setup, data);
    }

    private bool IsDone
    {
        get => _progress.IsStoppedEarly || (_options.Steps is { } steps ? _progress.Step >= steps : _progress.Epoch >= _options.Epochs);
    }

    public TrainingResult Run()
    {
        using var modes = new ModuleModes(_setup.Model);
        using var gradients = enable_grad();
        _setup.Model.train();
        _setup.Parameters.RemoveGradients();
        if (_options.Seed is { } seed)
            random.manual_seed(seed);
        try
        {
            _progress = _checkpoints?.Resume() ?? _progress;
            _diagnosis.Start(_progress);
            if (_progress.IsEvaluationDue)
                FinishStep();
            while (!IsDone)
                RunEpoch();
        }
        finally
        {
            _setup.Parameters.RemoveGradients();
        }

        _checkpoints?.LoadBest(_progress);
        return new TrainingResult
        {
            End = _progress.IsStoppedEarly ? TrainingEnd.StoppedEarly : TrainingEnd.Completed,
            Steps = _progress.Step,
            SkippedSteps = _progress.SkippedSteps,
            Loss = _progress.Last.Loss,
            Evaluations = _progress.Evaluations,
            Best = _progress.Best,
            Warnings = _progress.Diagnosis.Warnings,
            Checkpoint = _checkpoints?.Newest,
            BestCheckpoint = _checkpoints?.Best(_progress),
            Count = _progress.Count,
            Elapsed = _progress.Elapsed,
        };
    }

    public void Dispose() => _meter.Dispose();

    private void RunEpoch()
    {
        using var batches = new BatchReader<TBatch>(_data.Train.Epoch(_progress.Epoch, _progress.Batch));
        if (!batches.HasNext)
        {
            if (_progress.Batch == 0)
                throw new InvalidOperationException($"The data to train on has no batches in epoch {_progress.Epoch}: {_data.Train.Description}.");
            EndEpoch();
        }

        while (batches.HasNext && !IsDone)
        {
            Accumulate(batches);
            if (_progress.Accumulation.Batches == _options.Accumulation || !batches.HasNext)
                Step(isLastOfEpoch: !batches.HasNext);
            if (!IsDone)
                EnsureNotCancelled();
        }
    }

    private void Accumulate(BatchReader<TBatch> batches)
    {
        var start = _meter.Elapsed;
        using (var batch = batches.Take())
            _losses.Add(_progress.Accumulation, batch, $"batch {_progress.Batch} of epoch {_progress.Epoch}");
        _progress.Batch++;
        batches.Read();
        CountTime(start);
    }

    private void Step(bool isLastOfEpoch)
    {
        var start = _meter.Elapsed;
        var accumulated = _progress.Accumulation;
        _setup.Rates.Set(_options.LearningRate.Factor(_progress.Step, _data.Steps ?? 0));
        var canStep = accumulated is { NonFinite: null, Count: > 0 };
        var (norm, isPerformed) = canStep ? _gradients.Step(accumulated) : (double.NaN, false);
        _diagnosis.NoteGradients(_progress);
        _setup.Parameters.RemoveGradients();
        if (canStep && !isPerformed && _options is { Scaler: null, NonFinite: NonFiniteStep.Stop })
            throw new NotFiniteNumberException(NonFiniteText(accumulated), norm);

        _progress.Last = new(_progress.Epoch, accumulated.Mean, norm, !isPerformed);
        _progress.Step++;
        _progress.SkippedSteps += isPerformed ? 0 : 1;
        _progress.Count += accumulated.Count;
        _progress.Accumulation = new();
        _done = (_done.Steps + 1, _done.Count + accumulated.Count, _done.Time);
        if (isLastOfEpoch)
            EndEpoch();
        CountTime(start);
        _progress.IsEvaluationDue = _evaluation is not null && (IsDone || (_options.EvaluateEvery is { } every ? _progress.Step % every == 0 : isLastOfEpoch));
        FinishStep();
    }

    private void EndEpoch() => (_progress.Epoch, _progress.Batch) = (_progress.Epoch + 1, 0);

    private void FinishStep()
    {
        var evaluated = _progress.IsEvaluationDue ? Evaluate() : null;
        var warnings = _diagnosis.AfterStep(_progress, evaluated, IsDone);
        var isSaved = _checkpoints?.IsDue(_progress, IsDone) == true;
        if (isSaved)
            _checkpoints!.Save(_progress);
        _report?.Report(State(evaluated, warnings, isSaved ? _checkpoints!.Newest : null));
    }

    private Evaluated Evaluate()
    {
        var start = _meter.Elapsed;
        using var before = random.get_rng_state();
        Evaluated evaluated;
        try
        {
            evaluated = _evaluation!.Run(_progress.Step, _cancellation);
        }
        catch (OperationCanceledException)
        {
            // The evaluation is run again when the training is resumed.
            random.set_rng_state(before);
            _checkpoints?.Save(_progress);
            throw;
        }

        _progress.IsEvaluationDue = false;
        _progress.Elapsed += _meter.Elapsed - start;
        Stopping.Add(_progress, evaluated, _options.EarlyStopping);
        return evaluated;
    }

    private void EnsureNotCancelled()
    {
        if (_cancellation.IsCancellationRequested)
            _checkpoints?.Save(_progress);
        _cancellation.ThrowIfCancellationRequested();
    }

    private void CountTime(TimeSpan start)
    {
        var time = _meter.Elapsed - start;
        _progress.Elapsed += time;
        _done.Time += time;
    }

    private string NonFiniteText(Accumulation accumulated)
    {
        var last = _progress.Batch - 1;
        var batches = accumulated.Batches == 1 ? $"batch {last}" : $"batches {last - accumulated.Batches + 1} to {last}";
        return $"A gradient of step {_progress.Step + 1} ({batches} of epoch {_progress.Epoch}) is not finite, and the loss is {accumulated.Mean}. "
            + "The parameters were not changed. Look at the batch, reduce the learning rate, or set NonFinite to Skip.";
    }

    private TrainingState State(Evaluated? evaluated, IReadOnlyList<TrainingWarning> warnings, string? checkpoint)
    {
        return new TrainingState
        {
            Step = _progress.Step,
            Steps = _data.Steps,
            Epoch = _progress.Last.Epoch,
            Loss = _progress.Last.Loss,
            LearningRate = _setup.Rates.First,
            GradientNorm = _progress.Last.GradientNorm,
            IsSkipped = _progress.Last.IsSkipped,
            Count = _progress.Count,
            CountPerSecond = _done.Time > TimeSpan.Zero ? _done.Count / _done.Time.TotalSeconds : 0,
            Evaluation = evaluated,
            Best = _progress.Best,
            Warnings = warnings,
            Checkpoint = checkpoint,
            Elapsed = _progress.Elapsed,
            StepsElapsed = _done.Time,
            Remaining = _data.Steps is { } steps && _done.Steps > 0 ? _done.Time / _done.Steps * (steps - _progress.Step) : null,
            MemoryBytes = ResourceMeter.MemoryBytes,
            Processor = _meter.Processor(),
            TrainableParameters = _setup.Parameters.Trainable,
            TotalParameters = _setup.Parameters.Total,
        };
    }
}
