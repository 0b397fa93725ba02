using System.Diagnostics;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>A process that is killed while it saves leaves a whole file.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private const int Kills = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(1);

    private string Model => _folder["model.safetensors"];

    private string Config => _folder["config.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Leaves_one_version_of_the_file()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            // Removed before each: the child's first file shows that it is at work.
            File.Delete(Model);
            SaveUntilKilled(Program.Save, Model, until: Model);
            using var file = SafetensorsFile.Open(Model);
            Assert.Equal(EndlessWriter.Tensors, file.Tensors.Count);
            Assert.Single(file.Tensors.SelectMany(tensor => file.Read(tensor.Name).data<float>().ToArray()).Distinct());
        }
    }

    // Each save divides the tensors otherwise than the one before, or in as many files of the same names.
    [Fact]
    public void Leaves_one_version_of_a_checkpoint()
    {
        using var model = EndlessWriter.Model();
        for (var kill = 0; kill < Kills; kill++)
        {
            File.Delete(Config);
            SaveUntilKilled(Program.SaveCheckpoints, _folder.Path, until: Config, thenFor: Kills * 100);
            model.LoadCheckpoint(_folder.Path);
            Assert.Single(model.parameters().SelectMany(weight => weight.data<float>().ToArray()).Distinct());
        }
    }

    private void SaveUntilKilled(string verb, string place, string until, int thenFor = 100)
    {
        var (program, arguments) = Program.Command(verb, place);
        var start = new ProcessStartInfo(program, arguments)
        {
            Environment = { ["DOTNET_ROLL_FORWARD"] = "Major" },
        };
        using var child = Process.Start(start)!;
        var waited = Stopwatch.StartNew();
        while (!File.Exists(until) && !child.HasExited && waited.Elapsed < Patience)
            Thread.Sleep(5);
        Thread.Sleep(_random.Next(thenFor));
        Assert.False(child.HasExited, "The child ended by itself.");
        child.Kill();
        child.WaitForExit();
    }
}
