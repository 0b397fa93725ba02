using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;

namespace LoraGen.Generator.Emitting;

/// <summary>The adapter type, with the sites types nested in it.</summary>
internal static class AdapterWriter
{
    public static void Write(IndentedWriter writer, AdapterModel adapter)
    {
        var method = adapter.Method;
        var root = adapter.Nodes[0];
        var members = new MemberAccessors(adapter);
        Summary(writer, adapter, method);
        foreach (var attribute in adapter.Cautions)
            writer.Line(attribute);
        writer.Line(Code.GeneratedCode);
        var type = $"{adapter.TypeName}{adapter.TypeParameters.List}";
        var bases = $"{BaseClass(method)}<{adapter.ModelType}>{TrainingWriter.Interfaces(method)}";
        writer.Line($"{(adapter.IsPublic ? "public" : "internal")} sealed class {type} : {bases}");
        Code.Constraints(writer, adapter.TypeParameters);
        using (writer.Braces())
        {
            SitesWriter.Fields(writer, root, method);
            NeedsWriter.Allow(writer, adapter.Needs);
            var own = method.IsOwn ? $", {method.MethodType} method" : string.Empty;
            writer.Line($"internal {adapter.TypeName}({adapter.ModelType} model{own}, string name, global::TorchSharp.torch.ScalarType? dtype)");
            writer.Line("    : base(model, name)");
            using (writer.Braces())
            {
                writer.Line("var sites = new global::LoraGen.CompilerServices.SiteCollector(");
                writer.Line($"    adapter: {Code.Text(adapter.AdapterName)},");
                writer.Line($"    targets: {Code.Texts(adapter.Attribute.Targets)},");
                writer.Line($"    exclude: {Code.Texts(adapter.Attribute.Exclude)},");
                writer.Line($"    dtype: dtype{Layers(adapter.Attribute)}{Kinds(adapter.Attribute)});");
                LayerTypesWriter.Write(writer, adapter.LayerTypes, members);
                MembersWriter.Write(writer, adapter, members);
                Method(writer, adapter);
                writer.Line("sites.Walk(model, method);");
                if (root.Members.Count > 0)
                    writer.Line("var path = string.Empty;");
                SitesWriter.Find(writer, root, method);
                if (adapter.Attribute.MaxTrainableParameters > 0)
                    writer.Line($"SetParameterBudget({Code.Number(adapter.Attribute.MaxTrainableParameters)});");
                writer.Line("Describe(sites, method);");
                if (adapter.Inputs is { } inputs)
                    WatchCalls(writer, inputs);
                if (!adapter.Attribute.MayBeUnreached.Contains(AttributeReader.AllLayers))
                    writer.Line($"ExpectEverySite({string.Join(", ", adapter.Attribute.MayBeUnreached.Select(Code.Text))});");
                if (adapter.Attribute.Checkpoint.Count > 0)
                    writer.Line($"CheckpointBlocks({string.Join(", ", adapter.Attribute.Checkpoint.Select(Code.Text))});");
            }

            TrainingWriter.Members(writer, method);
            SitesWriter.Properties(writer, root, method);
            foreach (var node in adapter.Nodes.Skip(1))
                SitesWriter.Type(writer, node, method);
            CountWriter.Methods(writer, adapter);
            MemoryWriter.Methods(writer, adapter);
        }

        members.Write(writer);
    }

    // The options of a user-defined method are given in the call; the attribute can set only what every method has.
    private static void Method(IndentedWriter writer, AdapterModel adapter)
    {
        var options = adapter.Attribute.Options;
        if (!adapter.Method.IsOwn)
            writer.Line($"var method = new {adapter.Method.MethodType}{(options.Count == 0 ? "()" : $" {{ {Code.Options(options)} }}")};");
        else if (options.Count > 0)
            writer.Line($"method = method with {{ {Code.Options(options)} }};");
    }

    private static string Layers(AttributeFacts attribute) => attribute.Layers is { } layers ? $", layers: {Code.Text(layers)}" : string.Empty;

    private static string Kinds(AttributeFacts attribute)
    {
        var kinds = attribute.Kinds.Select(kind => $"global::LoraGen.LayerKind.{kind}");
        return attribute.Kinds.Count == 0 ? string.Empty : $", kinds: new[] {{ {string.Join(", ", kinds)} }}";
    }

    private static string BaseClass(MethodFacts method)
    {
        return $"global::LoraGen.{method.AdapterClass ?? (method.IsMergeable ? "Adapter" : "AdapterBase")}";
    }

    // The hooks for calls that are not intercepted.
    private static void WatchCalls(IndentedWriter writer, int inputs)
    {
        const string Call = "global::LoraGen.CompilerServices.ForwardCall";
        var ignored = string.Join(", ", Enumerable.Repeat("_", inputs));
        var (input, passed) = inputs == 1 ? ("input", "input") : (ignored, "null");
        writer.Line("WatchCalls(");
        writer.Line($"    () => model.register_forward_pre_hook(static (called, {input}) => {{ {Call}.BeginInHook(called); return {passed}; }}).remove,");
        writer.Line($"    () => model.register_forward_hook(static (called, {ignored}, output) => {{ {Call}.EndInHook(called); return output; }}).remove);");
    }

    private static void Summary(IndentedWriter writer, AdapterModel adapter, MethodFacts method)
    {
        writer.Line("/// <summary>");
        var described = MethodDocumentation.AllOptions(method, adapter.Attribute.Options);
        var options = described.Length == 0 ? string.Empty : $": {Code.Doc(described)}";
        writer.Line($"/// {method.Label} adapter of <see cref=\"{Code.Cref(adapter.ModelType)}\"/>{options}.");
        writer.Line("/// </summary>");
        foreach (var parameter in adapter.TypeParameters.Names)
            writer.Line($"/// <typeparam name=\"{parameter.TrimStart('@')}\">The model's type parameter.</typeparam>");
        var compiled = adapter.Modules.Where(module => module.CompiledIn is not null).ToArray();
        if (adapter.Layers.Count + adapter.Trained.Count + compiled.Length == 0)
            return;

        writer.Line("/// <remarks>");
        List(writer, adapter);
        foreach (var module in compiled)
        {
            writer.Line($"/// <para>Private layers of <c>{Code.Doc(module.SimpleName)}</c>, if any, have no property here: the compiler doesn't import");
            writer.Line($"/// the private members of a compiled assembly (<c>{Code.Doc(module.CompiledIn!)}</c>). Attaching finds those that are");
            writer.Line("/// registered; <c>Sites</c> has them by path.</para>");
        }

        writer.Line("/// </remarks>");
    }

    private static void List(IndentedWriter writer, AdapterModel adapter)
    {
        if (adapter.Layers.Count + adapter.Trained.Count == 0)
            return;

        writer.Line("/// <list type=\"bullet\">");
        foreach (var layer in adapter.Layers)
            writer.Line($"/// <item><c>{Code.Doc(layer.Path)}</c>: {Code.Doc(layer.Text)}</item>");
        foreach (var layer in adapter.Trained)
            writer.Line($"/// <item><c>{Code.Doc(layer.Path)}</c>: {Code.Doc(layer.Text)}, trained as a whole</item>");
        writer.Line("/// </list>");
    }
}
