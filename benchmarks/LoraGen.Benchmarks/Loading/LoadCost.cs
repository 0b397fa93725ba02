using System.Globalization;

namespace LoraGen.Benchmarks.Loading;

/// <summary>What a load took.</summary>
/// <param name="Milliseconds">How long.</param>
/// <param name="Peak">By how many bytes the process's resident memory grew at most, pages of the file that it touched included.</param>
/// <param name="Anonymous">By how many bytes it grew until the end without pages of files, which the system can take back at any time.</param>
internal sealed record LoadCost(double Milliseconds, double Peak, double Anonymous)
{
    public static LoadCost Parse(string text)
    {
        var numbers = text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new LoadCost(numbers[0], numbers[1], numbers[2]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds} {Peak} {Anonymous}");
}
