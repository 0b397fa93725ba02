using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats a call that stands as a statement.</summary>
internal sealed class CallStatementReader(BodyReader body)
{
    /// <summary>The registrations and additions that it stands for; none for what leaves the sizes alone.</summary>
    public IEnumerable<ShapeCode> Read(InvocationExpressionSyntax call)
    {
        if (body.Methods.Find(call) is { } method)
            return [Lines.Effect(body.Methods.Read(call, method))];

        var arguments = call.ArgumentList.Arguments;
        switch (call.Expression)
        {
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                return OfClass(name, call, arguments);
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax, Name.Identifier.ValueText: var name }:
                return OfClass(name, call, arguments);
            case MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: var name } when body.Lists.Variable(owner) is { } list:
                return OfList(name, call, owner, list);
            case MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: ("Add" or "append" or "extend") and var name }
                when body.Shapes.Place(owner) is (var container, { } type) && IsContainer(type):
                return [Lines.Effect("((global::LoraGen.ContainerShape)", container, ").Add(", Added(name, call), ")")];
            case MemberAccessExpressionSyntax { Expression: var owner } when IsWithoutEffect(owner) || body.Buffers.IsBuffer(owner):
                return Without(call);
            default:
                throw ValueReader.Unknown(call);
        }
    }

    // A call of the model's own method within may change it.
    private IEnumerable<ShapeCode> Without(InvocationExpressionSyntax call)
    {
        return call.ArgumentList.DescendantNodes().Any(body.Effects.MayChange) ? throw ValueReader.Unknown(call) : [];
    }

    private static bool IsContainer(ITypeSymbol type) => TorchTypes.IsBuiltIn(type) && type.Name is "ModuleList" or "Sequential" or "ModuleDict";

    private IEnumerable<ShapeCode> OfList(string name, InvocationExpressionSyntax call, ExpressionSyntax owner, Variable list)
    {
        if (list.Unknown is { } unknown)
            throw unknown.At(call);
        return name is "Add" or "AddRange" ? [body.Lists.Change(owner, list.Code, ".Add(", Added(name, call), ")")] : throw ValueReader.Unknown(call);
    }

    // Modules, a module after its name, or a list of them.
    private ShapeCode Added(string method, InvocationExpressionSyntax call)
    {
        var given = call.ArgumentList.Arguments;
        if (given.Any(argument => argument.NameColon is not null))
            throw ValueReader.Unknown(call);
        return (method, given.Count) switch
        {
            ("AddRange" or "extend", 1) => body.Lists.Read(given[0].Expression, null) ?? throw ValueReader.Unknown(given[0]),
            ("Add" or "append", 1) => body.Lists.Item(given[0].Expression),
            ("Add" or "append", 2) when !body.Shapes.IsShape(given[0].Expression) =>
                ShapeCode.Join(body.Values.Read(given[0].Expression).Code, ", ", body.Shapes.Module(given[1].Expression, null)),
            ("append", > 1) => body.Lists.Items(given.Select(argument => argument.Expression)),
            _ => throw ValueReader.Unknown(call),
        };
    }

    private IEnumerable<ShapeCode> OfClass(string name, InvocationExpressionSyntax call, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        if (body.Names.InstanceMember(name) is not null || body.Variables.Find(name) is not null)
            throw ValueReader.Unknown(call);
        return (name, arguments.Count) switch
        {
            ("RegisterComponents", 0) => [Lines.Effect("@this.RegisterComponents()")],
            ("register_module" or "add_module", 2) => [Lines.Effect(
                "@this.RegisterModule(", body.Values.Read(arguments[0].Expression).Code, ", ", body.Shapes.Module(arguments[1].Expression, null), ")")],
            ("register_parameter", 2) => [Lines.Effect(
                "@this.RegisterParameter(", body.Values.Read(arguments[0].Expression).Code, ", ", body.Shapes.Parameter(arguments[1].Expression), ")")],
            ("register_buffer" or "to" or "cuda" or "cpu" or "train" or "eval", _) => Without(call),
            _ => throw ValueReader.Unknown(call),
        };
    }

    // Weights' values, and checks of arguments.
    private bool IsWithoutEffect(ExpressionSyntax owner)
    {
        return body.Names.TypeNamed(owner) is { } type
            && (Names.IsTorch(type, "torch.nn.init")
                || (type.ContainingNamespace?.Name == "System" && (type.Name is "Console" or "GC" || type.Name.EndsWith("Exception", StringComparison.Ordinal)))
                || type is { Name: "Debug", ContainingNamespace.Name: "Diagnostics" });
    }
}
