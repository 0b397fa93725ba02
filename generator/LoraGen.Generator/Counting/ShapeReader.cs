using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats an expression that makes a module or a parameter, as one that makes its shape.</summary>
internal sealed class ShapeReader(BodyReader body)
{
    private const string Shapes = "global::LoraGen.Shapes";

    private readonly SizeReader _sizes = new(body);

    /// <param name="value">The expression.</param>
    /// <param name="target">The type of what it is put into, which <c>new()</c> means; null where there is none.</param>
    public ShapeCode Module(ExpressionSyntax value, ITypeSymbol? target)
    {
        switch (value)
        {
            case ParenthesizedExpressionSyntax inner:
                return ShapeCode.Join("(", Module(inner.Expression, target), ")");
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Module(suppressed.Operand, target);
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression }:
                return "null";
            case CastExpressionSyntax cast when body.Names.TypeOf(cast.Type) is { } type && TorchTypes.IsModule(type):
                return Module(cast.Expression, type);
            case ConditionalExpressionSyntax choice:
                return ShapeCode.Join(
                    body.Values.Read(choice.Condition).Code, " ? ", Module(choice.WhenTrue, target), " : ", Module(choice.WhenFalse, target));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either:
                return ShapeCode.Join("(", Module(either.Left, target), " ?? ", Module(either.Right, target), ")");
            case SwitchExpressionSyntax choice:
                return body.Patterns.Choice(choice, arm => Module(arm, target));
            case ThrowExpressionSyntax thrown:
                return Lines.Throw(ValueReader.Text(thrown.Expression));
            case BaseObjectCreationExpressionSyntax created:
                return New(created is ObjectCreationExpressionSyntax { Type: var written } ? body.Names.TypeOf(written) : target, created);
            case CollectionExpressionSyntax list when target is not null && Container(target) is { } container:
                return ShapeCode.Join($"{Shapes}.{container}(", Items(list.Elements, Element(target)), ")");
            case ElementAccessExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax:
                return Place(value)?.Code ?? throw ValueReader.Unknown(value);
            case InvocationExpressionSyntax call:
                return Call(call);
            default:
                return Place(value)?.Code ?? throw ValueReader.Unknown(value);
        }
    }

    /// <summary>An expression that is a <c>Parameter</c>; a buffer, which is none, is null.</summary>
    public ShapeCode Parameter(ExpressionSyntax value)
    {
        switch (value)
        {
            case ParenthesizedExpressionSyntax inner:
                return Parameter(inner.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Parameter(suppressed.Operand);
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression }:
                return "null";
            case ConditionalExpressionSyntax choice:
                return ShapeCode.Join(body.Values.Read(choice.Condition).Code, " ? ", Parameter(choice.WhenTrue), " : ", Parameter(choice.WhenFalse));
            case ObjectCreationExpressionSyntax created
                when created.ArgumentList.First() is { } data && body.Names.TypeOf(created.Type) is { Name: "Parameter" }:
                return NewParameter(data, created.ArgumentList!);
            case ImplicitObjectCreationExpressionSyntax created when created.ArgumentList.First() is { } data:
                return NewParameter(data, created.ArgumentList!);
            case InvocationExpressionSyntax call when call.ArgumentList.First() is { } data && Factory(call, "torch.nn") == "Parameter":
                return NewParameter(data, call.ArgumentList);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "weight" or "bias" } access
                when Place(access.Expression) is var (code, type) && type is not null && TorchTypes.IsBuiltIn(type):
                return ShapeCode.Join(code, access.Name.Identifier.ValueText == "weight" ? ".Weight" : ".Bias");
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when body.Fields.Find(MemberOf(value)) is (var component, Hold.Tensor, _):
                return $"@this.GetParameter({Emitting.Code.Text(component)})";
            default:
                throw ValueReader.Unknown(value);
        }
    }

    /// <summary>A module that has a name: a variable, a field, a field of a field; null for anything else.</summary>
    public (ShapeCode Code, ITypeSymbol? Type)? Place(ExpressionSyntax value)
    {
        switch (value)
        {
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Place(suppressed.Operand);
            case IdentifierNameSyntax name when body.Variables.Find(name.Identifier.ValueText) is { } variable:
                if (variable.Unknown is { } unknown)
                    throw unknown.At(name);
                return variable.Hold == Hold.Module ? (variable.Code, variable.Type) : null;
            case IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }:
                return body.Fields.Find(MemberOf(value)) is (var component, Hold.Module, var held) ? (Slot("@this", component), held) : null;
            case ElementAccessExpressionSyntax { Expression: var list } element when element.ArgumentList.Arguments.Only() is { } index:
                return Element(list, index.Expression);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var inner } access
                    when Place(access.Expression) is (var owner, INamedTypeSymbol type):
                return ComponentOf(type, type.GetMembers(inner).FirstOrDefault()) is var (slot, innerType)
                    ? (ShapeCode.Join(owner, $"[{Emitting.Code.Text(slot)}]"), innerType)
                    : null;
            default:
                return null;
        }
    }

    /// <summary>Whether it makes a module, or is one.</summary>
    public bool IsShape(ExpressionSyntax value)
    {
        return value switch
        {
            ObjectCreationExpressionSyntax created => body.Names.TypeOf(created.Type) is { } type && TorchTypes.IsModule(type),
            InvocationExpressionSyntax call => body.Methods.Find(call) is { } method ? method.Hold == Hold.Module : Factory(call, "torch.nn") is not null,
            ConditionalExpressionSyntax choice => IsShape(choice.WhenTrue) || IsShape(choice.WhenFalse),
            SwitchExpressionSyntax choice => choice.Arms.Any(arm => IsShape(arm.Expression)),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => IsShape(either.Left),
            _ => Place(value) is not null,
        };
    }

    /// <summary>The type of the module that an expression makes or is; null where that is not known.</summary>
    public ITypeSymbol? TypeOf(ExpressionSyntax value)
    {
        return value switch
        {
            ObjectCreationExpressionSyntax created => body.Names.TypeOf(created.Type),
            InvocationExpressionSyntax call => body.Methods.Find(call) is { } method ? method.Returns
                : Factory(call, "torch.nn") is { } factory ? body.Names.BuiltIn(factory) : null,
            IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or PostfixUnaryExpressionSyntax => Place(value)?.Type,
            _ => null,
        };
    }

    /// <inheritdoc cref="Names.Factory"/>
    public string? Factory(InvocationExpressionSyntax call, string owner) => body.Names.Factory(call, owner, body.Variables);

    /// <summary>The class's own member that is meant; null for anything else.</summary>
    public ISymbol? MemberOf(ExpressionSyntax value)
    {
        return value switch
        {
            IdentifierNameSyntax name when body.Variables.Find(name.Identifier.ValueText) is null => body.Names.InstanceMember(name.Identifier.ValueText),
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => body.Names.InstanceMember(access.Name.Identifier.ValueText),
            _ => null,
        };
    }

    public static ShapeCode Slot(string owner, string component) => $"{owner}[{Emitting.Code.Text(component)}]";

    private (string Component, ITypeSymbol Type)? ComponentOf(INamedTypeSymbol owner, ISymbol? member)
    {
        if (member is null)
            return null;

        // Whether there is a field behind a property may hang on the bodies of its accessors.
        body.Functions.Files.Add(owner);

        if (member is IPropertySymbol property && !Reads.IsPlain(property))
            return null;
        var field = member as IFieldSymbol
            ?? owner.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.AssociatedSymbol, member));
        return field is null || field.IsStatic || !TorchTypes.IsModule(field.Type) ? null : (MemberReader.Component(field), field.Type);
    }

    // An item of a list in a variable, or of a container.
    private (ShapeCode Code, ITypeSymbol? Type)? Element(ExpressionSyntax owner, ExpressionSyntax index)
    {
        if (body.Lists.Variable(owner) is { } list)
        {
            if (list.Unknown is { } unknown)
                throw unknown.At(index);
            return (ShapeCode.Join(list.Code, "[", body.Values.Index(index), "]"), ShapeListReader.Element(list.Type));
        }

        return Place(owner) is (var container, INamedTypeSymbol type) && Container(type) is not null
            ? (ShapeCode.Join("((global::LoraGen.ContainerShape)", container, ").Item(", body.Values.Read(index).Code, ")"), Element(type))
            : null;
    }

    private ShapeCode New(ITypeSymbol? type, BaseObjectCreationExpressionSyntax created)
    {
        if (type is not null && Container(type) is { } container)
            return ShapeCode.Join($"{Shapes}.{container}(", Modules(created.ArgumentList, created.Initializer?.Expressions, Element(type)), ")");
        if (created.Initializer is not null || type is not INamedTypeSymbol named || TorchTypes.IsBuiltIn(type) || !TorchTypes.IsModule(type))
            throw ValueReader.Unknown(created);
        return body.Functions.Create(named, created.ArgumentList, body, created);
    }

    // Those that have a constructor.
    private static string? Container(ITypeSymbol type)
    {
        return TorchTypes.IsModuleList(type) ? "ModuleList" : TorchTypes.IsModuleDict(type) ? "ModuleDict" : null;
    }

    private ShapeCode Call(InvocationExpressionSyntax call)
    {
        // What moves a module leaves its sizes.
        if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "to" or "cuda" or "cpu", Expression: var moved }
            && moved is InvocationExpressionSyntax or ObjectCreationExpressionSyntax)
        {
            var still = Module(moved, null);
            body.Effects.EnsureNone(call.ArgumentList);
            return still;
        }

        if (body.Methods.Find(call) is { } method)
            return method.Hold == Hold.Module ? body.Methods.Read(call, method) : throw ValueReader.Unknown(call);

        switch (Factory(call, "torch.nn"))
        {
            case null:
                throw new UnknownShapeException($"what {ValueReader.Text(call)} makes can't be told from the source", call);
            case ("ModuleList" or "ModuleDict" or "Sequential") and var container:
                return ShapeCode.Join($"{Shapes}.{container}(", Modules(call.ArgumentList), ")");
            case { } factory when TorchFactories.IsParameterless(factory):
                body.Effects.EnsureNone(call.ArgumentList);
                return $"{Shapes}.Parameterless()";
            case { } factory when TorchFactories.Sizes(factory) is { } sizes:
                return ShapeCode.Join($"{Shapes}.{factory}(", _sizes.Arguments(call, sizes, layer => Module(layer, null)), ")");
            case { } factory:
                throw new UnknownShapeException($"the parameters of {factory} are not known: {ValueReader.Text(call)}", call);
        }
    }

    private static ITypeSymbol? Element(ITypeSymbol container) => (container as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();

    private ShapeCode NewParameter(ExpressionSyntax data, ArgumentListSyntax arguments)
    {
        foreach (var other in arguments.Arguments.Skip(1))
            body.Effects.EnsureNone(other.Expression);
        return ShapeCode.Join("new global::LoraGen.ParameterShape(", _sizes.Tensor(data), ")");
    }

    private ShapeCode Modules(ArgumentListSyntax? arguments, IEnumerable<ExpressionSyntax>? initial = null, ITypeSymbol? element = null)
    {
        var given = arguments?.Arguments.Select(argument => argument.Expression).ToArray() ?? [];
        if (given.Length == 1 && (body.Lists.Read(given[0], null) ?? Spread(given[0])) is { } list)
            return initial is null ? list : throw ValueReader.Unknown(arguments!);
        return body.Lists.Items(given.Concat(initial ?? []), element);
    }

    // As the only argument of a factory it takes the type of the parameter, which is an array.
    private ShapeCode? Spread(ExpressionSyntax value) => value is CollectionExpressionSyntax list ? Items(list.Elements, null) : null;

    private ShapeCode Items(SeparatedSyntaxList<CollectionElementSyntax> elements, ITypeSymbol? type)
    {
        if (elements.Only() is SpreadElementSyntax { Expression: var spread })
            return body.Lists.Read(spread, null) ?? throw ValueReader.Unknown(spread);
        return body.Lists.Items(elements.Select(element => (element as ExpressionElementSyntax ?? throw ValueReader.Unknown(element)).Expression), type);
    }
}
