using LoraGen.Runtime.Tests.Formats;
using LoraGen.Runtime.Tests.Interop;
using LoraGen.Runtime.Tests.Standalone;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests;

/// <summary>What the tests do as a program: they run without the SDK and its test host (<c>eng/gpu-check</c>), save until they are killed, or write folders for PEFT.</summary>
internal static class Program
{
    public const string Save = "save";
    public const string SaveCheckpoints = "checkpoints";
    private const string Load = "load";
    private const string Test = "test";
    private const string Write = "folders";

    public static int Main(string[] args)
    {
        switch (args)
        {
            case [Save, var path]:
                EndlessWriter.Run(path);
                return 0;
            case [SaveCheckpoints, var folder]:
                EndlessWriter.RunCheckpoints(folder);
                return 0;
            case [Load]:
                return Multiply();
            case [Test]:
                return AllTests.Run(Console.Out);
            case [Write, var folder]:
                WrittenFolders.Write(folder, Console.Out);
                return 0;
            default:
                Console.Error.WriteLine($"Usage: {Load} | {Test} | {Save} FILE | {SaveCheckpoints} FOLDER | {Write} FOLDER");
                return 2;
        }
    }

    private static int Multiply()
    {
        using var product = ones(3, 2, device: TestDevice.Device).matmul(full(2, 3, 0.5, device: TestDevice.Device));
        var right = product.cpu().data<float>().All(element => element == 1);
        Console.WriteLine($"TorchSharp loads; on {TestDevice.Device} a product of matrices is {(right ? "right" : "wrong")}");
        return right ? 0 : 1;
    }

    /// <summary>This program, and the arguments that start it once more.</summary>
    public static (string Program, IEnumerable<string> Arguments) Command(params string[] arguments)
    {
        var assembly = typeof(Program).Assembly;
        var running = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(running) == assembly.GetName().Name ? (running, arguments) : ("dotnet", [assembly.Location, .. arguments]);
    }
}
