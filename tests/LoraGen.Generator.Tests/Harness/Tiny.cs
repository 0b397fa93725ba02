using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Tests.Harness;

/// <summary>Runs of <see cref="TinyGenerator"/>, sound and with a fault.</summary>
internal static class Tiny
{
    public const string Attribute = "[System.AttributeUsage(System.AttributeTargets.Class)] internal sealed class TinyAttribute : System.Attribute;\n";

    public const string Model = """
        [Tiny]
        internal sealed class Model
        {
            private readonly int rank = 8;
            private readonly int alpha = 16;

            public int Scale => alpha / rank;
        }

        """;

    public const string Layer = """
        internal sealed class Layer
        {
            public string Name => "layer";

            public string Forward() => "forwarded " + Name;
        }

        internal static class Program
        {
            public static string Run() => new Layer().Forward();
        }

        """;

    public static StepRules Rules { get; } = new(typeof(TinySteps))
    {
        ModifiedOnEdit = [TinySteps.Declarations],
        PositionDependent = [TinySteps.Calls],
        HoldSyntax = [TinySteps.Declarations],
    };

    public static GeneratorRun Run { get; } = Project(GeneratorRun.Of<TinyGenerator>(Rules));

    public static GeneratorRun Intercepting => Run.Source("Layer.cs", Layer).Property("TinyIntercept", "true");

    public static GeneratorRun Emitting(Func<TinyModel, string> emit) => Project(GeneratorRun.Of(() => new TinyGenerator(emit, static _ => null), Rules));

    public static GeneratorRun Holding(Func<GeneratorAttributeSyntaxContext, object?> hold) =>
        Project(GeneratorRun.Of(() => new TinyGenerator(TinyText.Companion, hold), Rules));

    public static string Fails(Action action) => Assert.Throws<HarnessException>(action).Message;

    public static string Fails(GeneratorRun run) => Fails(() => run.Run());

    private static GeneratorRun Project(GeneratorRun run) => run.Source("Tiny.cs", Attribute).Source("Model.cs", Model);
}
