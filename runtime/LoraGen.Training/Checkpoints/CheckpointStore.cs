using LoraGen.Training.Loop;

namespace LoraGen.Training.Checkpoints;

/// <summary>The checkpoints of a run.</summary>
internal sealed class CheckpointStore
{
    private readonly CheckpointOptions _options;
    private readonly CheckpointFolders _folders;
    private readonly CheckpointContents _contents;

    private CheckpointStore(CheckpointOptions options, CheckpointContents contents)
    {
        (_options, _contents, _folders) = (options, contents, new CheckpointFolders(options.Folder));
    }

    /// <summary>The newest checkpoint of this run or of the one that it continues; null if there is none.</summary>
    public string? Newest { get; private set; }

    /// <summary>Creates the store of a training; null if it has no checkpoints.</summary>
    /// <exception cref="IOException">The folder has checkpoints, and the training is not to be resumed.</exception>
    public static CheckpointStore? Of<TBatch>(TrainingSetup setup, TrainingData<TBatch> data)
        where TBatch : IDisposable
    {
        if (setup.Options.Checkpoints is not { } options)
            return null;

        var store = new CheckpointStore(options, new CheckpointContents(setup, TrainingConfiguration.Of(setup, data)));
        if (!options.Resume && store._folders.Newest is { } newest)
        {
            throw new IOException(
                $"\"{newest}\" is a checkpoint of an earlier training. Set Resume to continue it, or choose another folder for this one.");
        }

        return store;
    }

    /// <summary>Restores the newest checkpoint; null if there is none.</summary>
    public TrainingProgress? Resume()
    {
        _folders.Clean();
        return (Newest = _folders.Newest) is { } newest ? _contents.Load(newest) : null;
    }

    /// <summary>Whether a checkpoint follows a step.</summary>
    public bool IsDue(TrainingProgress progress, bool isEnd)
    {
        return isEnd || progress.Step % _options.Every == 0 || (progress.Best is { } best && best.Step == progress.Step);
    }

    public void Save(TrainingProgress progress)
    {
        Newest = _folders.Write(progress.Step, folder => _contents.Save(folder, progress));
        _folders.Prune(_options.Limit, progress.Best?.Step);
    }

    /// <summary>The checkpoint of the best evaluation; null without one.</summary>
    public string? Best(TrainingProgress progress) => progress.Best is { } best ? _folders.Of(best.Step) : null;

    /// <summary>Loads the values of the best evaluation, if that is asked for.</summary>
    public void LoadBest(TrainingProgress progress)
    {
        if (_options.LoadBest && progress.Best is { } best && best.Step != progress.Step)
        {
            _contents.LoadValues(Best(progress) ?? throw new DirectoryNotFoundException(
                $"The checkpoint of the best evaluation, after step {best.Step}, is no longer in \"{_options.Folder}\", so its values can't be "
                + "loaded. The model has those of the last step."));
        }
    }
}
