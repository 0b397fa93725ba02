using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>The mirrored constructors of a root's modules, and the methods called in them: each read once, when the first call is met.</summary>
internal sealed class ShapeFunctions(Compilation compilation, Scope scope, ReadFiles files, CancellationToken cancellation)
{
    private readonly Dictionary<IMethodSymbol, string> _names = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<LocalFunctionStatementSyntax, string> _localNames = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<TypeDeclarationSyntax, Names> _partNames = [];
    private readonly Dictionary<string, ShapeFunction> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MirroredMethod> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnknownShapeException> _unknown = new(StringComparer.Ordinal);
    private readonly List<(ShapeCode Code, SyntaxNode? Place)> _unknownArguments = [];
    private INamedTypeSymbol? _tensor;

    /// <summary>The files that are read.</summary>
    public ReadFiles Files => files;

    public IAssemblySymbol Assembly => compilation.Assembly;

    public Scope Scope => scope;

    /// <summary>Whether tensors have a member of that name.</summary>
    public bool IsTensorMember(string name)
    {
        _tensor ??= compilation.GetTypesByMetadataName("TorchSharp.torch+Tensor").FirstOrDefault();
        return _tensor?.GetMembers(name).IsEmpty == false;
    }

    /// <summary>What names mean in a part of a class.</summary>
    public Names NamesOf(INamedTypeSymbol type, TypeDeclarationSyntax part)
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

    /// <summary>What a variable of that type holds.</summary>
    public Hold HoldOf(ITypeSymbol type) => ShapeListReader.IsList(type) ? Hold.List : MemberHold.Of(type, scope);

    /// <summary>Declares a parameter of a constructor or a method.</summary>
    public ShapeParameter Declare(Variables variables, string name, ITypeSymbol declaredType)
    {
        var hold = HoldOf(declaredType);
        var type = hold switch
        {
            Hold.Module => "global::LoraGen.ModuleShape",
            Hold.List => "global::LoraGen.ShapeList",
            Hold.Value when Reach.CanName(declaredType, Assembly) => TypeNames.FullName(declaredType),
            _ => null,
        };
        var variable = variables.Declare(name, new Variable(hold, new ShapeCode(ShapeCodeKind.Parameter, name, default), declaredType));
        variable.IsSet = true;
        if (type is null)
            variable.Unknown = new UnknownShapeException($"{name} can't be told from the source");
        return new ShapeParameter(name, type);
    }

    /// <summary>The function that mirrors a constructor, by name.</summary>
    public string NameOf(IMethodSymbol constructor)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!_names.TryGetValue(constructor, out var name))
        {
            name = Free("New_" + TypeNames.SimpleName(constructor.ContainingType));
            _names.Add(constructor, name);
            Read(name, constructor.ContainingType, constructor.ContainingType.Name, () =>
                _functions.Add(name, new ConstructorReader(this, constructor, scope, cancellation).Read(name)));
        }

        // One that is within itself is being read.
        return _unknown.TryGetValue(name, out var unknown) ? throw unknown : name;
    }

    /// <summary>What stopped the reading of an argument; null where that is no piece of source.</summary>
    public SyntaxNode? PlaceOf(ShapeCode unknown) => _unknownArguments.FirstOrDefault(argument => ReferenceEquals(argument.Code, unknown)).Place;

    /// <summary>The function that mirrors a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="caller">The body in which it is called.</param>
    /// <param name="call">Where it is called.</param>
    public MirroredMethod Mirror(CalledMethod method, BodyReader caller, SyntaxNode call)
    {
        cancellation.ThrowIfCancellationRequested();
        var name = method.Symbol is null ? _localNames.TryGetValue(method.Local!, out var local) ? local : null
            : _names.TryGetValue(method.Symbol, out var known) ? known : null;
        if (name is null)
        {
            name = Free(method.Name);
            if (method.Symbol is null)
                _localNames.Add(method.Local!, name);
            else
                _names.Add(method.Symbol, name);
            Read(name, method.Type, method.Label, () =>
            {
                var mirrored = new MethodReader(this, method, caller, cancellation).Read(name);
                _functions.Add(name, mirrored.Function);
                _methods.Add(name, mirrored);
            });
        }

        if (_unknown.TryGetValue(name, out var unknown))
            throw unknown.At(call);
        return _methods.TryGetValue(name, out var read) ? read : throw new UnknownShapeException($"{method.Label} calls itself", call);
    }

    /// <summary>A new module.</summary>
    public ShapeCode Create(INamedTypeSymbol type, ArgumentListSyntax? arguments, BodyReader body, SyntaxNode place)
    {
        if (type.IsAbstract)
            throw ValueReader.Unknown(place);
        return Call(ShapeCodeKind.New, type, arguments, body, place);
    }

    /// <summary>A constructor of that class, called on the module itself.</summary>
    public ShapeCode Chain(INamedTypeSymbol type, ArgumentListSyntax? arguments, BodyReader body, SyntaxNode place)
    {
        return Lines.Effect(Call(ShapeCodeKind.Chain, type, arguments, body, place));
    }

    /// <summary>What is given for a parameter, which is unknown where it can't be told: nobody may need it.</summary>
    public ShapeCode Argument(CalledParameter parameter, IReadOnlyList<ArgumentSyntax> given, BodyReader body)
    {
        if (parameter.IsOpen)
            return Unknown(new UnknownShapeException($"{parameter.Name} takes any number of arguments", given.FirstOrDefault()));
        var argument = ConstructorChoice.Argument(parameter.Name, parameter.Position, given);
        try
        {
            if (argument is null)
                return HoldOf(parameter.Type) == Hold.Module ? "null" : parameter.Default();
            return HoldOf(parameter.Type) switch
            {
                Hold.Module => body.Shapes.Module(argument.Expression, parameter.Type),
                Hold.List => body.Lists.Kept(argument.Expression, parameter.Type),
                Hold.Value => body.Values.Read(argument.Expression, parameter.Type).Code,
                _ => throw ValueReader.Unknown(argument),
            };
        }
        catch (UnknownShapeException unknown)
        {
            if (argument is not null)
                body.Effects.EnsureNone(argument.Expression);
            return Unknown(unknown);
        }
    }

    /// <summary>Whether it changes more than locals.</summary>
    public bool HasEffect(EquatableArray<ShapeCode> codes)
    {
        return codes.Any(code => code.Kind is ShapeCodeKind.Effect or ShapeCodeKind.SetField
            || (code.Kind == ShapeCodeKind.Call && _functions[code.Text].HasEffect)
            || HasEffect(code.Parts));
    }

    /// <summary>An argument that can't be told.</summary>
    public ShapeCode Unknown(UnknownShapeException why)
    {
        var code = new ShapeCode(ShapeCodeKind.Unknown, why.Message, default);
        _unknownArguments.Add((code, why.Place));
        return code;
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

    private ShapeCode Call(ShapeCodeKind kind, INamedTypeSymbol type, ArgumentListSyntax? arguments, BodyReader body, SyntaxNode place)
    {
        var given = arguments?.Arguments.ToArray() ?? [];
        var constructor = ConstructorChoice.Of(type, given, body)
            ?? throw new UnknownShapeException($"which constructor {ValueReader.Text(place)} calls can't be told", place);
        var name = NameOf(constructor, place);
        var read = constructor.Parameters.Select(parameter => Argument(CalledParameter.Of(parameter), given, body));
        return new ShapeCode(kind, name, read.ToEquatableArray());
    }

    private string Free(string name)
    {
        while (!_taken.Add(name))
            name += "_";
        return name;
    }

    private void Read(string name, INamedTypeSymbol place, string label, Action read)
    {
        // Names mean what its bases and the classes around it have.
        for (var outer = place; outer is not null; outer = outer.ContainingType)
        {
            for (var type = outer; type is not null; type = type.BaseType)
                files.Add(type);
        }

        try
        {
            read();
        }
        catch (UnknownShapeException unknown)
        {
            // What comes from a module within names its class already.
            var isNamed = _unknown.Values.Any(known => known.Message == unknown.Message);
            _unknown.Add(name, new UnknownShapeException(isNamed ? unknown.Message : $"{label}: {unknown.Message}", unknown.Place));
        }
    }
}
