namespace LoraGen.Training.Tests.Comparison;

/// <summary>The lines that were reported.</summary>
internal sealed class Lines : List<string>, IProgress<string>
{
    public void Report(string value) => Add(value);
}
