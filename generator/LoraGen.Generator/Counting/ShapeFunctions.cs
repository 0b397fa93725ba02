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
    private readonly Dictionary<string, UnknownShapeException> _unknown = new(StringComparer.Ordinal);
    private readonly List<(ShapeCode Code, SyntaxNode? Place)> _unknownArguments = [];

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
        return _unknown.TryGetValue(name, out var unknown) ? throw unknown : name;
    }

    /// <summary>What stopped the reading of an argument; null where that is no piece of source.</summary>
    public SyntaxNode? PlaceOf(ShapeCode unknown) => _unknownArguments.FirstOrDefault(argument => ReferenceEquals(argument.Code, unknown)).Place;

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
            ?? throw new UnknownShapeException($"which constructor {ValueReader.Text(place)} calls can't be told", place);
        var name = NameOf(constructor, place);
        var read = constructor.Parameters.Select(parameter => Argument(parameter, ConstructorChoice.Argument(parameter, given), shapes, values));
        return new ShapeCode(kind, name, read.ToEquatableArray());
    }

    // A class that can't be read has no expression to show; the one that makes it has.
    private string NameOf(IMethodSymbol constructor, SyntaxNode place)
    {
        try
        {
            return NameOf(constructor);
        }
        catch (UnknownShapeException unknown) when (unknown.Place is null)
        {
            throw unknown.At(place);
        }
    }

    private ShapeCode Argument(IParameterSymbol parameter, ArgumentSyntax? argument, ShapeReader shapes, ValueReader values)
    {
        if (parameter.IsParams)
            return Unknown(new UnknownShapeException($"{parameter.Name} takes any number of arguments", argument));
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
            return Unknown(unknown);
        }
    }

    private ShapeCode Unknown(UnknownShapeException why)
    {
        var code = new ShapeCode(ShapeCodeKind.Unknown, why.Message, default);
        _unknownArguments.Add((code, why.Place));
        return code;
    }

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
            var isNamed = _unknown.Values.Any(known => known.Message == unknown.Message);
            var message = isNamed ? unknown.Message : $"{constructor.ContainingType.Name}: {unknown.Message}";
            _unknown.Add(name, new UnknownShapeException(message, unknown.Place));
        }
    }
}
