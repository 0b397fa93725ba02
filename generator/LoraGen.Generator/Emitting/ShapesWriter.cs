using LoraGen.Generator.Counting;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The class that makes a model's shapes as its constructors make its modules, and hands them over as the adapter hands over the modules.</summary>
internal static class ShapesWriter
{
    private const string Module = "global::LoraGen.ModuleShape";

    // What is warned of where the model's code stands, or is silenced there, need not be told again.
    private const string Warnings =
        "CS0162, CS0168, CS0219, CS0464, CS0472, CS0652, CS0675, CS1717, CS1718, CS8073, CS8519, CS8520, CS8793, CS8794";

    public static string ClassName(AdapterModel adapter) => adapter.TypeName + "Shapes";

    /// <summary>A module of the function's class, nothing in it yet.</summary>
    public static string Empty(ShapeFunction function) => $"new {Module}({string.Join(", ", function.Fields.Select(Code.Text))})";

    /// <summary>The class alone.</summary>
    public static string Text(AdapterModel adapter)
    {
        var writer = new IndentedWriter();
        Write(writer, adapter);
        return writer.ToString();
    }

    public static void Write(IndentedWriter writer, AdapterModel adapter)
    {
        if (adapter.Count is not { Constructors.Count: > 0 } count)
            return;

        var method = MethodEntry.Named(adapter.MethodName);
        var functions = count.Functions.ToDictionary(function => function.Name, StringComparer.Ordinal);
        writer.Line();
        writer.Line("#nullable disable");
        writer.Line($"#pragma warning disable {Warnings} // of the model's own code, and since what no size hangs on is left out");
        using (writer.Open($"file static class {ClassName(adapter)}"))
        {
            using (writer.Open($"public static global::LoraGen.ParameterCount Count({Module} model)"))
            {
                var layers = adapter.Attribute.Layers is { } text ? ", " + Code.Text(text) : string.Empty;
                writer.Line(
                    $"var sites = new global::LoraGen.SiteCounter({Code.Texts(adapter.Attribute.Targets)}, {Code.Texts(adapter.Attribute.Exclude)}{layers});");
                writer.Line($"{Sites(adapter.Nodes[0])}(sites, string.Empty, model, new {method.MethodType}{Initializer(adapter.Attribute.Options)});");
                writer.Line($"return sites.Count({Code.Text($"Adapter \"{adapter.AdapterName}\" on {adapter.ModelName}")});");
            }

            foreach (var function in count.Functions)
                Function(writer, function, functions);
            foreach (var node in adapter.Nodes)
                Node(writer, node, method);
        }

        writer.Line($"#pragma warning restore {Warnings}");
        writer.Line("#nullable enable");
    }

    private static void Function(IndentedWriter writer, ShapeFunction function, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        writer.Line();
        var parameters = function.Parameters.Where(parameter => parameter.IsUsed).Select(parameter => $"{parameter.Type} {Code.Identifier(parameter.Name)}");
        if (function.IsOfModule)
            parameters = parameters.Prepend($"{Module} @this");
        using (writer.Open($"public static {function.Returns ?? "void"} {function.Name}({string.Join(", ", parameters)})"))
        {
            foreach (var code in function.Body)
                Statement(writer, code, functions);
        }
    }

    private static void Statement(IndentedWriter writer, ShapeCode code, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        switch (code.Kind)
        {
            case ShapeCodeKind.Block:
                var head = Text(code.Parts[0], functions);
                using (head.Length == 0 ? writer.Braces() : writer.Open(head))
                {
                    foreach (var inner in code.Parts.Skip(1))
                        Statement(writer, inner, functions);
                }

                break;
            case ShapeCodeKind.DeclareField:
                writer.Line($"{Text(code.Parts[0], functions)} {code.Text} = default;");
                break;
            case ShapeCodeKind.SetField:
                writer.Line($"{code.Text}{Text(code.Parts[0], functions)};");
                break;
            default:
                writer.Line($"{string.Concat(code.Parts.Select(part => Text(part, functions)))};");
                break;
        }
    }

    private static string Text(ShapeCode code, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        return code.Kind switch
        {
            ShapeCodeKind.Text or ShapeCodeKind.EnumMember or ShapeCodeKind.Field => code.Text,
            ShapeCodeKind.Parameter => Code.Identifier(code.Text),
            ShapeCodeKind.Join => string.Concat(code.Parts.Select(part => Text(part, functions))),
            ShapeCodeKind.List => string.Join(", ", code.Parts.Select(part => Text(part, functions))),
            ShapeCodeKind.New => Call(functions[code.Text], Empty(functions[code.Text])),
            ShapeCodeKind.Chain => Call(functions[code.Text], "@this"),
            ShapeCodeKind.Call => Call(functions[code.Text], functions[code.Text].IsOfModule ? "@this" : null),
            _ => throw new InvalidOperationException($"No such code in a line: {code.Kind}."),
        };

        string Call(ShapeFunction function, string? module)
        {
            var arguments = code.Parts.Zip(function.Parameters, (argument, parameter) => (argument, parameter)).Where(pair => pair.parameter.IsUsed);
            var given = arguments.Select(pair => Text(pair.argument, functions));
            return $"{function.Name}({string.Join(", ", module is null ? given : given.Prepend(module))})";
        }
    }

    private static void Node(IndentedWriter writer, NodeModel node, MethodEntry method)
    {
        writer.Line();
        var parameters = $"global::LoraGen.SiteCounter sites, string path, {Module} model, {method.MethodType} method";
        using (writer.Open($"private static void {Sites(node)}({parameters})"))
        {
            foreach (var member in node.Members)
                Handover(writer, member);
            writer.Line("sites.Rest(path, model, method);");
        }
    }

    // As HandoverWriter hands over the modules themselves.
    private static void Handover(IndentedWriter writer, MemberModel member)
    {
        var component = Code.Text(member.Facts.Component);
        var path = $"path + {component}";
        var read = member.Facts.Kind == MemberKind.Unreadable ? $"model.Child({component})" : $"model[{component}]";
        var options = member.Overrides.Count == 0 ? "method" : $"method with {{ {Code.Options(member.Overrides)} }}";
        var add = member.IsCertain ? "Add" : "AddIfTargeted";
        var node = $"Sites_{member.NodeType}";
        switch (member.Handover)
        {
            case Models.Handover.Ignore:
                writer.Line($"sites.Ignore({path}, {read});");
                break;
            case Models.Handover.Train:
                writer.Line($"{(member.Facts.IsNullable ? $"if ({read} is not null) " : string.Empty)}sites.Train({path}, {read});");
                break;
            case Models.Handover.Add:
                writer.Line($"sites.Add({path}, {read}, {options});");
                break;
            case Models.Handover.LayerList:
                writer.Line($"sites.List({path}, {read}, (child, layer) => sites.{add}(child, layer, {options}));");
                break;
            case Models.Handover.Node:
                using (writer.Open($"if ({read} is not null)"))
                    writer.Line($"{node}(sites, path + {Code.Text(member.Facts.Component + ".")}, {read}, {options});");
                break;
            case Models.Handover.NodeList:
                writer.Line($"sites.List({path}, {read}, (child, module) => {node}(sites, child + \".\", module, {options}));");
                break;
            default:
                writer.Line($"sites.AddIfTargeted({path}, {read}, {options});");
                break;
        }
    }

    private static string Sites(NodeModel node) => "Sites_" + node.TypeName;

    private static string Initializer(IReadOnlyCollection<Option> options) => options.Count == 0 ? "()" : $" {{ {Code.Options(options)} }}";
}
