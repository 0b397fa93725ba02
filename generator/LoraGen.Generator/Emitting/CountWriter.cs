using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The methods that count before a model exists: one for each constructor, and one for a function that creates it.</summary>
internal static class CountWriter
{
    private const string Result = "global::LoraGen.ParameterCount";

    public static void Methods(IndentedWriter writer, AdapterModel adapter)
    {
        foreach (var constructor in ConstructorsOf(adapter))
        {
            writer.Line();
            Summary(writer, adapter, "that this constructor creates");
            Parameters(writer, constructor);
            Exceptions(writer, adapter);
            var accessibility = adapter.IsPublic && constructor.IsPublic ? "public" : "internal";
            writer.Line($"{accessibility} static {Result} Count({string.Join(", ", constructor.Parameters.Select(parameter => parameter.Declaration))})");
            writer.Line($"    => {Self(adapter)}.Count(() => {Creation(adapter, constructor)});");
        }

        writer.Line();
        Summary(writer, adapter, "that a function creates");
        writer.Line($"/// <param name=\"build\">Creates the model: <c>() => new {Code.Doc(adapter.ModelName)}(…) {{ … }}</c>.</param>");
        OwnMethodWriter.Documentation(writer, adapter);
        Exceptions(writer, adapter);
        var parameters = $"global::System.Func<{adapter.ModelType}> build{OwnMethodWriter.Parameter(adapter)}";
        writer.Line($"{(adapter.IsPublic ? "public" : "internal")} static {Result} Count({parameters})");
        writer.Line($"    => global::LoraGen.CompilerServices.ModelCount.Of(build, {Described(adapter)});");
    }

    /// <summary>The constructors that have counting methods; none if the adapter's options are given in the call.</summary>
    public static IEnumerable<ConstructorFacts> ConstructorsOf(AdapterModel adapter) => adapter.Method.IsOwn ? [] : adapter.Constructors;

    /// <summary>The function that creates the adapter of a model without attaching it.</summary>
    public static string Described(AdapterModel adapter)
    {
        var (modifier, method) = adapter.Method.IsOwn ? (string.Empty, "method ?? new(), ") : ("static ", string.Empty);
        return $"{modifier}model => new {adapter.TypeName}{adapter.TypeParameters.List}(model, {method}{Code.Text(adapter.AdapterName)}, null)";
    }

    private static void Summary(IndentedWriter writer, AdapterModel adapter, string which)
    {
        writer.Line("/// <summary>");
        var model = Code.WithArticle(Code.Doc(adapter.ModelName));
        writer.Line($"/// Counts the parameters that the adapter trains of {model} {which}, and all parameters. The model is built on");
        writer.Line("/// TorchSharp's META device, without weights, and disposed.");
        writer.Line("/// </summary>");
        Remarks(writer);
    }

    /// <summary>The adapter's full type name, to call its methods: a parameter may have the name of the method or of the type.</summary>
    public static string Self(AdapterModel adapter)
    {
        return $"global::{(adapter.Namespace.Length == 0 ? string.Empty : adapter.Namespace + ".")}{adapter.TypeName}{adapter.TypeParameters.List}";
    }

    /// <summary>The documentation of the constructor's parameters.</summary>
    public static void Parameters(IndentedWriter writer, ConstructorFacts constructor)
    {
        foreach (var parameter in constructor.Parameters)
        {
            var use = parameter.IsDevice ? "Not used: the model is built on META." : "The constructor's parameter.";
            writer.Line($"/// <param name=\"{parameter.Name.TrimStart('@')}\">{use}</param>");
        }
    }

    /// <summary>The model, created on META by the constructor.</summary>
    public static string Creation(AdapterModel adapter, ConstructorFacts constructor)
    {
        var arguments = constructor.Parameters.Select(parameter => parameter.IsDevice ? "global::TorchSharp.torch.META" : parameter.Name);
        return $"new {adapter.ModelType}({string.Join(", ", arguments)})";
    }

    /// <summary>The effect of building on META on the rest of the process.</summary>
    public static void Remarks(IndentedWriter writer)
    {
        writer.Line("/// <remarks>");
        writer.Line("/// The default device of the process is META during the call, so no other thread may create tensors. A static field that the model's");
        writer.Line("/// code uses for the first time would keep tensors without values, so initialize it before.");
        writer.Line("/// </remarks>");
    }

    private static void Exceptions(IndentedWriter writer, AdapterModel adapter)
    {
        var option = OwnMethodWriter.AnOption(adapter);
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{option} is out of its range.</exception>");
        writer.Line(
            "/// <exception cref=\"global::System.InvalidOperationException\">A target matches no layer, or the model can't be built without weights; "
            + "the message names the method and line.</exception>");
    }
}
