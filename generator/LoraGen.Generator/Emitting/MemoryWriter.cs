using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The methods that estimate the memory of training before a model exists: one for each constructor, and one for a function that creates it.</summary>
internal static class MemoryWriter
{
    private const string Result = "global::LoraGen.MemoryEstimate";
    private const string Shape = "long batch, long tokens, global::LoraGen.MemoryOptions? options = null";

    // The names and the position of the method's own parameters.
    private static readonly string[] OwnNames = ["batch", "tokens", "options"];

    public static void Methods(IndentedWriter writer, AdapterModel adapter)
    {
        foreach (var constructor in CountWriter.ConstructorsOf(adapter).Where(CanPrecede))
        {
            writer.Line();
            Summary(writer, adapter, "that this constructor creates");
            CountWriter.Parameters(writer, constructor);
            Rest(writer, adapter);
            var accessibility = adapter.IsPublic && constructor.IsPublic ? "public" : "internal";
            var declared = string.Concat(constructor.Parameters.Select(parameter => parameter.Declaration + ", "));
            writer.Line($"{accessibility} static {Result} EstimateMemory({declared}{Shape})");
            writer.Line(
                $"    => {CountWriter.Self(adapter)}.EstimateMemory(() => {CountWriter.Creation(adapter, constructor)}, batch, tokens, options);");
        }

        writer.Line();
        Summary(writer, adapter, "that a function creates");
        writer.Line($"/// <param name=\"build\">Creates the model: <c>() => new {Code.Doc(adapter.ModelName)}(…) {{ … }}</c>.</param>");
        Rest(writer, adapter);
        var parameters = $"global::System.Func<{adapter.ModelType}> build, {Shape}{OwnMethodWriter.Parameter(adapter)}";
        writer.Line($"{(adapter.IsPublic ? "public" : "internal")} static {Result} EstimateMemory({parameters})");
        writer.Line($"    => global::LoraGen.CompilerServices.ModelMemory.Of(build, {CountWriter.Described(adapter)}, batch, tokens, options);");
    }

    // Optional parameters can't precede required ones.
    private static bool CanPrecede(ConstructorFacts constructor)
    {
        return constructor.Parameters.All(parameter => !parameter.IsOptional && !OwnNames.Contains(parameter.Name.TrimStart('@')));
    }

    private static void Summary(IndentedWriter writer, AdapterModel adapter, string which)
    {
        writer.Line("/// <summary>");
        var model = Code.WithArticle(Code.Doc(adapter.ModelName));
        writer.Line($"/// Estimates the memory of training {model} {which}: as a whole, in part, and with this adapter. The model is built on");
        writer.Line("/// TorchSharp's META device, without weights, and disposed.");
        writer.Line("/// </summary>");
        CountWriter.Remarks(writer);
    }

    private static void Rest(IndentedWriter writer, AdapterModel adapter)
    {
        writer.Line("/// <param name=\"batch\">The number of sequences in a step.</param>");
        writer.Line("/// <param name=\"tokens\">The number of tokens in a sequence.</param>");
        writer.Line("/// <param name=\"options\">Facts that the modules don't tell, such as the number of attention heads; null for the defaults.</param>");
        OwnMethodWriter.Documentation(writer, adapter);
        writer.Line(
            "/// <exception cref=\"global::System.ArgumentException\">"
            + $"{OwnMethodWriter.AnOption(adapter)}, batch or tokens is out of its range.</exception>");
        writer.Line(
            "/// <exception cref=\"global::System.InvalidOperationException\">A target matches no layer, or the model can't be built without weights; "
            + "the message names the method and line.</exception>");
    }
}
