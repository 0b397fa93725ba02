using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The extension method that attaches the adapter.</summary>
internal static class ExtensionsWriter
{
    public static void Write(IndentedWriter writer, AdapterModel adapter)
    {
        var accessibility = adapter.IsPublic ? "public" : "internal";
        var method = AdapterMethod.Named(adapter.MethodName);
        var type = $"{adapter.TypeName}{adapter.TypeParameters.List}";
        var doc = Code.Doc(adapter.ModelName);
        writer.Line($"/// <summary>Attaches <see cref=\"{Code.Cref(type)}\"/> to a model.</summary>");
        writer.Line(Code.GeneratedCode);
        using (writer.Open($"{accessibility} static class {adapter.TypeName}Extensions"))
        {
            writer.Line($"/// <summary>Freezes the model and adds a {method.Label} adapter to its targeted layers.</summary>");
            writer.Line($"/// <param name=\"model\">The {doc} to adapt: on its device, its weights loaded.</param>");
            writer.Line("/// <param name=\"name\">The adapter's name, once for each model.</param>");
            writer.Line("/// <param name=\"dtype\">Type of the adapter's parameters; by default float32, or float64 beside float64 weights.</param>");
            writer.Line("/// <returns>The adapter; disposing it restores the model.</returns>");
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">An option of the attribute is out of its range.</exception>");
            writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">A target meets no layer, or the name is taken; nothing was changed.</exception>");
            foreach (var parameter in adapter.TypeParameters.Names)
                writer.Line($"/// <typeparam name=\"{parameter}\">As of the model.</typeparam>");
            writer.Line($"{accessibility} static {type} {adapter.AttachName}{adapter.TypeParameters.List}(");
            writer.Line($"    this {adapter.ModelType} model,");
            writer.Line($"    string name = {Code.Text(adapter.AdapterName)},");
            writer.Line("    global::TorchSharp.torch.ScalarType? dtype = null)");
            Code.Constraints(writer, adapter.TypeParameters);
            writer.Line($"    => new {type}(model, name, dtype);");
        }
    }
}
