using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>The mirrored constructors of a root's modules, each read once, when the first creation of its module is met.</summary>
internal sealed class ShapeFunctions(Compilation compilation, Scope scope, ReadFiles files, CancellationToken cancellation)
{
    private readonly Dictionary<IMethodSymbol, string> _names = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ClassDeclarationSyntax, Names> _partNames = [];
    private readonly Dictionary<string, ShapeFunction> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unknown = new(StringComparer.Ordinal);

    /// <summary>The files that are read.</summary>
    public ReadFiles Files => files;

    /// <summary>What names mean in a part of a class.</summary>
    public Names NamesOf(INamedTypeSymbol type, ClassDeclarationSyntax part)
    {
        if (!_partNames.TryGetValue(part, out var names))
        {
            names = new Names(compilation, type, part);
            _partNames.Add(part, names);
        }

        return names;
    }

    /// <summary>In the order of their names.</summary>
    public IEnumerable<ShapeFunction> All => _functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    /// <summary>The function that mirrors a constructor, by name.</summary>
    public string NameOf(IMethodSymbol constructor)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!_names.TryGetValue(constructor, out var name))
        {
            name = "New_" + TypeNames.SimpleName(constructor.ContainingType);
            while (_names.ContainsValue(name))
                name += "_";
            _names.Add(constructor, name);
            Read(constructor, name);
        }

        // One that is within itself is being read.
        return _unknown.TryGetValue(name, out var unknown) ? throw new UnknownShapeException(unknown) : name;
    }

    /// <summary>A new module.</summary>
    public ShapeCode Create(INamedTypeSymbol type, ArgumentListSyntax? arguments, ShapeReader shapes, ValueReader values, SyntaxNode place)
    {
        if (type.IsAbstract)
            throw ValueReader.Unknown(place);
        return Call(ShapeCodeKind.New, type, arguments, shapes, values, place);
    }

    /// <summary>A constructor of that class, called on the module itself.</summary>
    public ShapeCode Chain(INamedTypeSymbol type, ArgumentListSyntax? arguments, ShapeReader shapes, ValueReader values, SyntaxNode place)
    {
        return new ShapeCode(ShapeCodeKind.Line, string.Empty, new[] { Call(ShapeCodeKind.Chain, type, arguments, shapes, values, place) }.ToEquatableArray());
    }

    private ShapeCode Call(
        ShapeCodeKind kind, INamedTypeSymbol type, ArgumentListSyntax? arguments, ShapeReader shapes, ValueReader values, SyntaxNode place)
    {
        var given = arguments?.Arguments.ToArray() ?? [];
        var constructor = ConstructorChoice.Of(type, given)
            ?? throw new UnknownShapeException($"which constructor {ValueReader.Text(place)} calls can't be told");
        var name = NameOf(constructor);
        var read = constructor.Parameters.Select(parameter => Argument(parameter, ConstructorChoice.Argument(parameter, given), shapes, values));
        return new ShapeCode(kind, name, read.ToEquatableArray());
    }

    private ShapeCode Argument(IParameterSymbol parameter, ArgumentSyntax? argument, ShapeReader shapes, ValueReader values)
    {
        if (parameter.IsParams)
            return Unknown($"{parameter.Name} takes any number of arguments");
        try
        {
            if (argument is null)
                return MemberHold.Of(parameter.Type, scope) == Hold.Module ? "null" : Reads.Default(parameter);
            return MemberHold.Of(parameter.Type, scope) switch
            {
                Hold.Module => shapes.Module(argument.Expression, parameter.Type),
                Hold.Value => values.Read(argument.Expression).Code,
                _ => throw ValueReader.Unknown(argument),
            };
        }
        catch (UnknownShapeException unknown)
        {
            if (argument is not null)
                shapes.EnsureWithoutEffect(argument.Expression);
            return Unknown(unknown.Message);
        }
    }

    private static ShapeCode Unknown(string why) => new(ShapeCodeKind.Unknown, why, default);

    private void Read(IMethodSymbol constructor, string name)
    {
        for (var type = constructor.ContainingType; type is not null; type = type.BaseType)
            files.Add(type);
        try
        {
            _functions.Add(name, new ConstructorReader(this, constructor, compilation, scope, cancellation).Read(name));
        }
        catch (UnknownShapeException unknown)
        {
            // What comes from a module within names its class already.
            var message = _unknown.ContainsValue(unknown.Message) ? unknown.Message : $"{constructor.ContainingType.Name}: {unknown.Message}";
            _unknown.Add(name, message);
        }
    }
}
