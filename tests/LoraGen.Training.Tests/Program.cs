namespace LoraGen.Training.Tests;

/// <summary>What the tests run in a process of its own.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        Console.Error.WriteLine($"There is nothing to run as \"{string.Join(' ', args)}\".");
        return 2;
    }
}
