using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The extension methods that attach the adapter: a new one, a saved one to train further, and a saved one for inference.</summary>
internal static class ExtensionsWriter
{
    private const string Attachment = "global::LoraGen.CompilerServices.AdapterAttachment";

    public static void Write(IndentedWriter writer, AdapterModel adapter)
    {
        var label = adapter.Method.Label;
        var by = adapter.Method.IsOwn ? string.Empty : ", by LoraGen or by PEFT";
        var type = $"{adapter.TypeName}{adapter.TypeParameters.List}";
        var create = $"model, created => new {type}(created{(adapter.Method.IsOwn ? ", method ?? new()" : string.Empty)}, name, dtype), shared";
        var quantization = adapter.Method.HasSites ? ", quantization" : string.Empty;
        writer.Line($"/// <summary>Attaches <see cref=\"{Code.Cref(type)}\"/> to a model.</summary>");
        foreach (var attribute in adapter.Cautions)
            writer.Line(attribute);
        writer.Line(Code.GeneratedCode);
        using (writer.Open($"{Accessibility(adapter)} static class {adapter.TypeName}Extensions"))
        {
            var place = adapter.Method.HasSites ? " to its targeted layers" : string.Empty;
            writer.Line($"/// <summary>Freezes the model and adds {Code.WithArticle(label)} adapter{place}.</summary>");
            Method(writer, adapter, type, string.Empty, $"{Attachment}.Attach({create}{quantization})");
            writer.Line();
            writer.Line(
                $"/// <summary>Freezes the model and adds the {label} adapter that was saved in a folder{by}, "
                + "to train it further.</summary>");
            Method(writer, adapter, type, "From", $"{Attachment}.AttachFrom({create}, folder{quantization})");
            writer.Line();
            writer.Line(
                $"/// <summary>Freezes the model and adds the {label} adapter that was saved in a folder{by}, "
                + "for inference.</summary>");
            Method(
                writer,
                adapter,
                $"global::LoraGen.InferenceAdapter{(adapter.Method.IsMergeable ? string.Empty : "Base")}<{adapter.ModelType}>",
                "ForInference",
                $"{Attachment}.AttachForInference<{adapter.ModelType}>({create}, folder{quantization})");
        }
    }

    private static void Method(IndentedWriter writer, AdapterModel adapter, string result, string ending, string body)
    {
        var isSaved = ending.Length > 0;
        writer.Line($"/// <param name=\"model\">The {Code.Doc(adapter.ModelName)} to adapt, with loaded weights and on its device.</param>");
        if (isSaved)
        {
            writer.Line(
                "/// <param name=\"folder\">The folder that was passed to <c>Save</c>: "
                + "for an adapter that is not named default, the parent of its own folder.</param>");
        }

        OwnMethodWriter.Documentation(writer, adapter);
        writer.Line("/// <param name=\"name\">The adapter's name, unique per model.</param>");
        writer.Line("/// <param name=\"dtype\">The type of the adapter's parameters; by default float32, or float64 for float64 weights.</param>");
        writer.Line("/// <param name=\"shared\">Whether adapters may also act in other adapted models that have some of the same layers.</param>");
        if (adapter.Method.HasSites)
        {
            writer.Line(
                "/// <param name=\"quantization\">How Linear layers of the model are quantised before; null for what the attribute says.</param>");
        }

        writer.Line("/// <returns>The adapter; disposing it restores the model.</returns>");
        writer.Line(
            "/// <exception cref=\"global::System.ArgumentException\">"
            + $"{OwnMethodWriter.AnOption(adapter)} is out of its range, the name can't be part of a folder's name, or the dtype has no gradients"
            + $"{(isSaved ? ", or the folder's name is blank" : string.Empty)}; nothing was changed.</exception>");
        writer.Line(
            "/// <exception cref=\"global::System.InvalidOperationException\">"
            + "A target matches no layer, the name is taken, another adapted model has some of the same layers, or the method was called within a call "
            + "of the model; nothing was changed.</exception>");
        if (isSaved)
        {
            writer.Line(
                "/// <exception cref=\"global::System.IO.InvalidDataException\">"
                + $"The files don't fit the {(adapter.Method.IsOwn ? "method" : "attribute")}; the message lists all differences. "
                + "Nothing was changed.</exception>");
        }

        foreach (var parameter in adapter.TypeParameters.Names)
            writer.Line($"/// <typeparam name=\"{parameter.TrimStart('@')}\">The model's type parameter.</typeparam>");
        writer.Line($"{Accessibility(adapter)} static {result} {adapter.AttachName}{ending}{adapter.TypeParameters.List}(");
        writer.Line($"    this {adapter.ModelType} model,");
        if (isSaved)
            writer.Line("    string folder,");
        if (adapter.Method.IsOwn)
            writer.Line($"    {adapter.Method.MethodType}? method = null,");
        writer.Line($"    string name = {Code.Text(adapter.AdapterName)},");
        writer.Line("    global::TorchSharp.torch.ScalarType? dtype = null,");
        writer.Line($"    bool shared = false{(adapter.Method.HasSites ? "," : ")")}");
        if (adapter.Method.HasSites)
            writer.Line("    global::LoraGen.BaseQuantization? quantization = null)");
        Code.Constraints(writer, adapter.TypeParameters);
        writer.Line($"    => {body};");
    }

    private static string Accessibility(AdapterModel adapter) => adapter.IsPublic ? "public" : "internal";
}
