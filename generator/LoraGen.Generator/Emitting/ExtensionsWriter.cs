using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The extension methods that attach the adapter: a new one, a saved one to train further, and a saved one to compute with.</summary>
internal static class ExtensionsWriter
{
    private const string Attachment = "global::LoraGen.CompilerServices.AdapterAttachment";

    public static void Write(IndentedWriter writer, AdapterModel adapter)
    {
        var label = adapter.Method.Label;
        var by = adapter.Method.IsOwn ? string.Empty : ", by LoraGen or by PEFT";
        var type = $"{adapter.TypeName}{adapter.TypeParameters.List}";
        var create = $"model, created => new {type}(created{(adapter.Method.IsOwn ? ", method ?? new()" : string.Empty)}, name, dtype), shared";
        writer.Line($"/// <summary>Attaches <see cref=\"{Code.Cref(type)}\"/> to a model.</summary>");
        writer.Line(Code.GeneratedCode);
        using (writer.Open($"{Accessibility(adapter)} static class {adapter.TypeName}Extensions"))
        {
            writer.Line($"/// <summary>Freezes the model and adds {Code.WithArticle(label)} adapter to its targeted layers.</summary>");
            Method(writer, adapter, type, string.Empty, $"{Attachment}.Attach({create})");
            writer.Line();
            writer.Line(
                $"/// <summary>Freezes the model and adds the {label} adapter that was saved in a folder{by}, "
                + "to train it further.</summary>");
            Method(writer, adapter, type, "From", $"{Attachment}.AttachFrom({create}, folder)");
            writer.Line();
            writer.Line(
                $"/// <summary>Freezes the model and adds the {label} adapter that was saved in a folder{by}, "
                + "to compute with it.</summary>");
            Method(
                writer,
                adapter,
                $"global::LoraGen.InferenceAdapter{(adapter.Method.IsMergeable ? string.Empty : "Base")}<{adapter.ModelType}>",
                "ForInference",
                $"{Attachment}.AttachForInference<{adapter.ModelType}>({create}, folder)");
        }
    }

    private static void Method(IndentedWriter writer, AdapterModel adapter, string result, string ending, string body)
    {
        var isSaved = ending.Length > 0;
        writer.Line($"/// <param name=\"model\">The {Code.Doc(adapter.ModelName)} to adapt: on its device, its weights loaded.</param>");
        if (isSaved)
        {
            writer.Line(
                "/// <param name=\"folder\">Where <c>Save</c> wrote it; "
                + "for an adapter that is not called default, the folder in which its own stands.</param>");
        }

        OwnMethodWriter.Documentation(writer, adapter);
        writer.Line("/// <param name=\"name\">The adapter's name, unique per model.</param>");
        writer.Line("/// <param name=\"dtype\">Type of the adapter's parameters; by default float32, or float64 beside float64 weights.</param>");
        writer.Line("/// <param name=\"shared\">Whether adapters may act in other adapted models too that have some of the same layers.</param>");
        writer.Line("/// <returns>The adapter; disposing it restores the model.</returns>");
        writer.Line(
            "/// <exception cref=\"global::System.ArgumentException\">"
            + $"{OwnMethodWriter.AnOption(adapter)} is out of its range, the name can't stand in folders and keys, or the dtype has no gradients"
            + $"{(isSaved ? ", or the folder's name is blank" : string.Empty)}; nothing was changed.</exception>");
        writer.Line(
            "/// <exception cref=\"global::System.InvalidOperationException\">"
            + "A target matches no layer, the name is taken, another adapted model has some of the same layers, or a call of the model is running here; "
            + "nothing was changed.</exception>");
        if (isSaved)
        {
            writer.Line(
                "/// <exception cref=\"global::System.IO.InvalidDataException\">"
                + $"The files don't fit the {(adapter.Method.IsOwn ? "method" : "attribute")}; the message lists where. Nothing was changed.</exception>");
        }

        foreach (var parameter in adapter.TypeParameters.Names)
            writer.Line($"/// <typeparam name=\"{parameter.TrimStart('@')}\">As of the model.</typeparam>");
        writer.Line($"{Accessibility(adapter)} static {result} {adapter.AttachName}{ending}{adapter.TypeParameters.List}(");
        writer.Line($"    this {adapter.ModelType} model,");
        if (isSaved)
            writer.Line("    string folder,");
        if (adapter.Method.IsOwn)
            writer.Line($"    {adapter.Method.MethodType}? method = null,");
        writer.Line($"    string name = {Code.Text(adapter.AdapterName)},");
        writer.Line("    global::TorchSharp.torch.ScalarType? dtype = null,");
        writer.Line("    bool shared = false)");
        Code.Constraints(writer, adapter.TypeParameters);
        writer.Line($"    => {body};");
    }

    private static string Accessibility(AdapterModel adapter) => adapter.IsPublic ? "public" : "internal";
}
