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

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Leaves_one_version_of_the_file()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            // Removed before each: the child's first file shows that it is at work.
            File.Delete(Model);
            SaveUntilKilled();
            using var file = SafetensorsFile.Open(Model);
            Assert.Equal(EndlessWriter.Tensors, file.Tensors.Count);
            Assert.Single(file.Tensors.SelectMany(tensor => file.Read(tensor.Name).data<float>().ToArray()).Distinct());
        }
    }

    private void SaveUntilKilled()
    {
        var (program, arguments) = Program.Command(Program.Save, Model);
        var start = new ProcessStartInfo(program, arguments)
        {
            Environment = { ["DOTNET_ROLL_FORWARD"] = "Major" },
        };
        using var child = Process.Start(start)!;
        var waited = Stopwatch.StartNew();
        while (!File.Exists(Model) && !child.HasExited && waited.Elapsed < Patience)
            Thread.Sleep(5);
        Thread.Sleep(_random.Next(100));
        Assert.False(child.HasExited, "The child ended by itself.");
        child.Kill();
        child.WaitForExit();
    }
}
