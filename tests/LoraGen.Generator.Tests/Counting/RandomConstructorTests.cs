using System.Reflection;
using LoraGen.Generator.Tests.EditScripts;
using LoraGen.Testing;
using TorchSharp;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>Constructors that nobody thought of: whatever they do, a count that there is compiles and is that of the attached adapter.</summary>
public sealed class RandomConstructorTests
{
    private const BindingFlags Members = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const int Models = 25;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("LORAGEN_CONSTRUCTOR_SEEDS"), out var count) ? count : 3;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Count)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Counted_as_attached(int seed)
    {
        var random = new Prng(seed, 0);
        var run = Lora.Project.Without(Checks.All).Allowing("CS0162", "CS0168", "CS0219", "CS8321", "CS8519", "CS8520", "CS8794", "CS0414", "CS0649", "CS1718");
        var spaces = Enumerable.Range(0, Models).Select(i => $"Random{i}").ToArray();
        foreach (var space in spaces)
            run = run.Source(space + ".cs", $"namespace {space} {{\n{new RandomConstructor(random).Write()}}}\n");
        run = run with { Checks = Checks.Compiles };

        using var code = run.Run().Load();
        var counted = spaces.Count(space => IsCounted(code, space));
        Assert.InRange(counted, Models / 3, Models);
    }

    private static bool IsCounted(LoadedCode code, string space)
    {
        var adapter = code.Type(space + ".ModelLora");
        if (adapter.GetMethod("Count", Members) is not { } count)
            return false;

        object?[] arguments = [.. count.GetParameters().Select(parameter => parameter.DefaultValue)];
        using var model = (torch.nn.Module)code.Type(space + ".Model").GetConstructors(Members).Single().Invoke(arguments);
        using var lora = (Adapter)adapter.GetConstructors(Members).Single().Invoke([model, "default", null]);
        var told = (ParameterCount)count.Invoke(null, arguments)!;
        Assert.Equal((space, lora.ParameterCount), (space, told));
        Assert.Equal(lora.ParameterCount.Sites, told.Sites);
        if (adapter.GetField("TrainableParameterCount") is { } trainable)
        {
            var total = adapter.GetField("TotalParameterCount")!;
            Assert.Equal((space, told.Trainable, told.Total), (space, (long)trainable.GetRawConstantValue()!, (long)total.GetRawConstantValue()!));
        }

        return true;
    }
}
