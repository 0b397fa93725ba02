using System.Globalization;
using System.Text;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>Sizes by arithmetic that nobody chose: what the compiler tells of it is what the machine computes.</summary>
public sealed class ConstantArithmeticTests
{
    private const int Models = 25;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void IsTheMachines(int seed)
    {
        var random = new Random(seed);
        var source = new StringBuilder();
        for (var i = 0; i < Models; i++)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $$"""
                [Lora(Rank = 1)]
                internal sealed class Model{{i}} : Module<Tensor, Tensor>
                {
                    private readonly Linear fc;

                    public Model{{i}}() : base("Model")
                    {
                        var whole = {{Whole(random, 4)}};
                        long wide = {{Whole(random, 2)}};
                        double real = {{Real(random, 3)}};
                        for (var i = 0; i < {{random.Next(4)}}; i++)
                        {
                            wide += whole % 100 + i;
                            real = {{(random.Next(2) == 0 ? "real / 2 + i" : "wide / 3")}};
                        }

                        fc = Linear(1 + Math.Abs(whole % 50) + (real > whole ? 1 : 0), 1 + Math.Abs(wide % 50) + (long)Math.Abs(real % 50));
                        RegisterComponents();
                    }

                    public override Tensor forward(Tensor x) => fc.forward(x);
                }
                """);
        }

        var outcome = Lora.Project.Files(source.ToString()).Run();
        using var code = outcome.Load();
        var told = 0;
        for (var i = 0; i < Models; i++)
        {
            var adapter = code.Type($"Model{i}Lora");
            if (adapter.GetField("TotalParameterCount", Everything) is not { } constant)
                continue;

            told++;
            var count = adapter.GetMethod("Count", Everything, [])!.Invoke(null, null)!;
            Assert.Equal(((ParameterCount)count).Total, constant.GetRawConstantValue());
        }

        // The others divide by zero, or overflow.
        Assert.InRange(told, Models / 2, Models);
    }

    private const System.Reflection.BindingFlags Everything =
        System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;

    private static string Whole(Random random, int depth)
    {
        if (depth == 0)
            return random.Next(1, 40).ToString(CultureInfo.InvariantCulture);

        string Inner() => Whole(random, random.Next(depth));
        return random.Next(9) switch
        {
            0 => $"({Inner()} + {Inner()})",
            1 => $"({Inner()} - {Inner()})",
            2 => $"({Inner()} * {Inner()})",
            3 => $"({Inner()} / {random.Next(1, 9)})",
            4 => $"({Inner()} % {random.Next(1, 9)})",
            5 => $"(-{Inner()} >> {random.Next(3)})",
            6 => $"({Condition(random)} ? {Inner()} : {Inner()})",
            7 => $"Math.{(random.Next(2) == 0 ? "Max" : "Min")}({Inner()}, {Inner()})",
            _ => $"(int)({Real(random, random.Next(depth))} / 2)",
        };
    }

    private static string Real(Random random, int depth)
    {
        if (depth == 0)
            return (random.Next(1, 400) / 16.0).ToString("0.0###", CultureInfo.InvariantCulture) + (random.Next(3) == 0 ? "f" : "");

        string Inner() => Real(random, random.Next(depth));
        return random.Next(6) switch
        {
            0 => $"({Inner()} + {Whole(random, 1)})",
            1 => $"({Inner()} * {Inner()})",
            2 => $"({Whole(random, 1)} / {Inner()})",
            3 => $"({Inner()} - {Inner()})",
            4 => $"({Condition(random)} ? {Whole(random, 1)} : {Inner()})",
            _ => $"Math.Floor((double)({Inner()}))",
        };
    }

    private static string Condition(Random random)
    {
        var comparison = new[] { "<", ">", "<=", ">=", "==", "!=" }[random.Next(6)];
        return $"{random.Next(9)} {comparison} {random.Next(9)}{(random.Next(2) == 0 ? " && 1 < 2" : " || 2 < 1")}";
    }
}
