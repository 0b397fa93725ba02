using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Reads one constructor, in the order in which it runs: initialisers, the constructor that it calls, its body.</summary>
internal sealed class ConstructorReader(
    ShapeFunctions functions, IMethodSymbol constructor, Scope scope, CancellationToken cancellation)
{
    private readonly INamedTypeSymbol _type = constructor.ContainingType;
    private readonly Variables _variables = new();

    public ShapeFunction Read(string name)
    {
        EnsureReadable();
        var declaration = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        var chained = (declaration as ConstructorDeclarationSyntax)?.Initializer;
        var callsOwn = chained?.ThisOrBaseKeyword.ValueText == "this";
        var fields = new ClassFields(_type, scope, callsOwn);
        var parts = _type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<ClassDeclarationSyntax>().ToArray();
        var main = declaration?.FirstAncestorOrSelf<ClassDeclarationSyntax>() ?? parts[0];
        var body = Body(main, fields);
        var lines = new List<ShapeCode>();
        var parameters = constructor.Parameters.Select(parameter => functions.Declare(_variables, parameter.Name, parameter.Type)).ToArray();
        if (!callsOwn)
        {
            // Only a primary constructor's parameters are seen by initialisers.
            using (declaration is ConstructorDeclarationSyntax ? Hidden() : _variables.Open())
                lines.AddRange(parts.SelectMany(part => Initialisers(part, fields)));
        }

        lines.AddRange(Chained(main, chained?.ArgumentList ?? BaseArguments(declaration), callsOwn, body));
        if (declaration is ConstructorDeclarationSyntax { Body: { } block })
            lines.AddRange(body.Statements.Body(block));
        else if (declaration is ConstructorDeclarationSyntax { ExpressionBody: { } expression })
            lines.AddRange(body.Statements.Effect(expression.Expression));

        var values = fields.Values.Select(value =>
            new ShapeCode(ShapeCodeKind.DeclareField, value.Name, new[] { ShapeCode.Of(value.Type) }.ToEquatableArray()));
        lines.Add(body.Ending(null));
        return new ShapeFunction(
            name,
            _type.Name,
            fields.Components.ToEquatableArray(),
            parameters.ToEquatableArray(),
            values.Concat(lines).ToEquatableArray(),
            "global::LoraGen.ModuleShape",
            IsOfModule: true,
            HasEffect: true);
    }

    private void EnsureReadable()
    {
        for (var current = _type; current is not null; current = current.ContainingType)
        {
            if (current.IsGenericType)
                throw new UnknownShapeException("the class is generic");
        }

        // That of another project is there in an IDE, but its names can't be looked up from here.
        if (_type.DeclaringSyntaxReferences.Length == 0 || !SymbolEqualityComparer.Default.Equals(_type.ContainingAssembly, functions.Assembly))
            throw new UnknownShapeException("its source is in another assembly");
        if (scope.Layers.IsLayer(_type))
            throw new UnknownShapeException("the class is a layer of its own kind");
        if (_type.BaseType is not { } parent || !(TorchTypes.IsModuleBase(parent) || (TorchTypes.IsModule(parent) && !TorchTypes.IsBuiltIn(parent))))
            throw new UnknownShapeException("it derives from a container");
        foreach (var member in new[] { "RegisterComponents", "register_module", "add_module", "register_parameter", "register_buffer" })
        {
            for (var current = _type; !TorchTypes.IsModuleBase(current); current = current.BaseType!)
            {
                if (current.GetMembers(member).Length > 0)
                    throw new UnknownShapeException($"it has a {member} of its own");
            }
        }
    }

    private BodyReader Body(ClassDeclarationSyntax part, ClassFields fields)
    {
        return new BodyReader(functions.NamesOf(_type, part), _variables, fields, functions, (_, _) => Lines.Local("return @this"));
    }

    private IEnumerable<ShapeCode> Initialisers(ClassDeclarationSyntax part, ClassFields fields)
    {
        var reader = Body(part, fields).Assignments;
        foreach (var member in part.Members)
        {
            var set = member switch
            {
                FieldDeclarationSyntax field when !field.Modifiers.Any(IsStatic) =>
                    field.Declaration.Variables.Select(variable => (variable.Identifier.ValueText, variable.Initializer?.Value)),
                PropertyDeclarationSyntax property when !property.Modifiers.Any(IsStatic) => [(property.Identifier.ValueText, property.Initializer?.Value)],
                _ => [],
            };
            foreach (var (name, value) in set)
            {
                var line = value is null ? [] : reader.Set(_type.GetMembers(name).FirstOrDefault() ?? throw ValueReader.Unknown(value), value, value);
                foreach (var each in line)
                    yield return each;
            }
        }
    }

    private IEnumerable<ShapeCode> Chained(ClassDeclarationSyntax place, ArgumentListSyntax? arguments, bool callsOwn, BodyReader body)
    {
        var called = callsOwn ? _type : _type.BaseType!;
        if (TorchTypes.IsModuleBase(called))
        {
            body.Effects.EnsureNone(arguments);
            return [];
        }

        return [functions.Chain(called, arguments, body, (SyntaxNode?)arguments ?? place.BaseList ?? (SyntaxNode)place)];
    }

    private Variables.Block Hidden()
    {
        var block = _variables.Open();
        _variables.Clear();
        return block;
    }

    private static bool IsStatic(SyntaxToken modifier) => modifier.ValueText is "static" or "const";

    private static ArgumentListSyntax? BaseArguments(SyntaxNode? declaration)
    {
        return (declaration as ClassDeclarationSyntax)?.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault()?.ArgumentList;
    }
}
