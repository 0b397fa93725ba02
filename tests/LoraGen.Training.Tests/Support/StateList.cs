namespace LoraGen.Training.Tests.Support;

/// <summary>Keeps what is reported.</summary>
internal sealed class StateList(Action<TrainingState>? then = null) : List<TrainingState>, IProgress<TrainingState>
{
    public void Report(TrainingState value)
    {
        Add(value);
        then?.Invoke(value);
    }
}
