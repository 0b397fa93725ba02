using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The members by which an adapter is trained: its parameters, or its optimizer if the method acts on the steps.</summary>
internal static class TrainingWriter
{
    private const string List = "global::System.Collections.Generic.IReadOnlyList";
    private const string Parameters = $"{List}<global::TorchSharp.Modules.Parameter>";

    /// <summary>The interfaces that the adapter implements, after its base class.</summary>
    public static string Interfaces(MethodFacts method)
    {
        if (method.ActsOnSteps)
            return ", global::LoraGen.IOptimizerSource";

        return ", global::LoraGen.IParameterSource" + (method.HasRates ? ", global::LoraGen.IParameterGroupSource" : string.Empty);
    }

    public static void Members(IndentedWriter writer, MethodFacts method)
    {
        if (method.ActsOnSteps)
        {
            const string create = $"global::System.Func<{Parameters}, global::TorchSharp.torch.optim.Optimizer>";
            Member(writer, $"global::LoraGen.AdapterOptimizer Optimizer({create} create)", "CreateOptimizer(create)");
            return;
        }

        Member(writer, $"{Parameters} Parameters()", "TrainedParameters()");
        if (method.HasRates)
        {
            Member(
                writer,
                $"{List}<global::TorchSharp.Modules.AdamW.ParamGroup> ParameterGroups(double learningRate, double ratio, double? embeddingLearningRate = null)",
                "GroupParameters(learningRate, ratio, embeddingLearningRate)");
        }
    }

    private static void Member(IndentedWriter writer, string signature, string body)
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public {signature}");
        writer.Line($"    => {body};");
    }
}
