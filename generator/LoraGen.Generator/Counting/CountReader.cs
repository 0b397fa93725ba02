using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Counting;

/// <summary>Reads how a root's constructors make its modules, so that their parameters can be counted without making one.</summary>
internal static class CountReader
{
    private static readonly SymbolDisplayFormat WithNullability = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Reads a model once, however many adapters it has.</summary>
    /// <param name="files">Gets the files that the counts hang on by more than their declarations.</param>
    public static CountFacts Read(INamedTypeSymbol model, Compilation compilation, ReadCache cache, ReadFiles files, CancellationToken cancellation)
    {
        var place = model.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        return cache.Get(typeof(CountFacts), place, compilation, files, read =>
        {
            read.Add(model);
            return ReadNow(model, compilation, read, cancellation).Facts;
        });
    }

    /// <summary>The constructors that are not mirrored, with the places that stopped the reading: one entry for each.</summary>
    public static IReadOnlyList<UncountedConstructor> Uncounted(INamedTypeSymbol model, Compilation compilation, CancellationToken cancellation)
    {
        return ReadNow(model, compilation, new ReadFiles(), cancellation).Uncounted;
    }

    private static (CountFacts Facts, IReadOnlyList<UncountedConstructor> Uncounted) ReadNow(
        INamedTypeSymbol model, Compilation compilation, ReadFiles files, CancellationToken cancellation)
    {
        IMethodSymbol[] reached = model.IsAbstract ? [] : [.. model.InstanceConstructors.Where(each => Reach.CanUse(each, compilation.Assembly))];
        try
        {
            var scope = new Scope(compilation.Assembly, string.Empty, LayerTypes.Of(compilation.Assembly));
            return ReadAll(model, reached, compilation, scope, files, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var why = Failure.Describe(failure);
            return (new CountFacts(default, default, new[] { why }.ToEquatableArray()), [.. reached.Select(each => new UncountedConstructor(each, why, null))]);
        }
    }

    private static (CountFacts Facts, IReadOnlyList<UncountedConstructor> Uncounted) ReadAll(
        INamedTypeSymbol model, IMethodSymbol[] reached, Compilation compilation, Scope scope, ReadFiles files, CancellationToken cancellation)
    {
        var functions = new ShapeFunctions(compilation, scope, files, cancellation);
        var counted = new List<(IMethodSymbol Constructor, string Function)>();
        var uncounted = new List<UncountedConstructor>();
        foreach (var constructor in reached)
            Try(constructor, () => counted.Add((constructor, functions.NameOf(constructor))), uncounted);

        var marked = UsedParameters.Mark(functions.All.ToDictionary(function => function.Name, StringComparer.Ordinal));
        var constructors = new List<CountedConstructor>();
        foreach (var (constructor, function) in counted)
            Try(constructor, () => constructors.Add(Constructor(constructor, function, functions, marked, compilation.Assembly, scope)), uncounted);

        var needed = Needed(constructors.Select(constructor => constructor.Function), marked);
        var facts = new CountFacts(
            constructors.ToEquatableArray(),
            marked.Values.Where(function => needed.Contains(function.Name)).OrderBy(function => function.Name, StringComparer.Ordinal).ToEquatableArray(),
            uncounted.Select(each => each.Why).Distinct().ToEquatableArray(),
            IsWhole: constructors.Count == model.InstanceConstructors.Length);
        return (facts, uncounted);
    }

    private static void Try(IMethodSymbol constructor, Action read, List<UncountedConstructor> uncounted)
    {
        try
        {
            read();
        }
        catch (UnknownShapeException why)
        {
            uncounted.Add(new UncountedConstructor(constructor, why.Message, why.Place));
        }
    }

    private static CountedConstructor Constructor(
        IMethodSymbol constructor,
        string function,
        ShapeFunctions read,
        IReadOnlyDictionary<string, ShapeFunction> functions,
        IAssemblySymbol from,
        Scope scope)
    {
        foreach (var name in Needed([function], functions))
        {
            var within = functions.TryGetValue(name, out var found) ? UsedParameters.Unknown(found, functions) : $"{name} can't be told";
            if (within is not null)
                throw new UnknownShapeException($"{found?.Label ?? name}: {within.Text}", read.PlaceOf(within));
        }

        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.RefKind != RefKind.None || !Reach.CanName(parameter.Type, from))
                throw new UnknownShapeException($"{constructor.ContainingType.Name}: the parameter {parameter.Name} can't be repeated", Declaration(parameter));
            var isUsed = functions[function].Parameters[parameter.Ordinal].IsUsed;
            if (isUsed && MemberHold.Of(parameter.Type, scope) != Hold.Value)
                throw new UnknownShapeException($"{constructor.ContainingType.Name}: {parameter.Name} is made by the caller", Declaration(parameter));
        }

        return new CountedConstructor(
            function,
            constructor.Parameters.All(parameter => IsPublic(parameter.Type)),
            constructor.Parameters.Select(Parameter).ToEquatableArray());
    }

    private static SyntaxNode? Declaration(IParameterSymbol parameter) => parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();

    private static CountedParameter Parameter(IParameterSymbol parameter)
    {
        var name = Reads.Identifier(parameter.Name);
        var type = parameter.Type.ToDisplayString(WithNullability);
        var value = !parameter.HasExplicitDefaultValue ? string.Empty
            : " = " + (Reads.Default(parameter) is "default" && parameter.Type.IsReferenceType && parameter.NullableAnnotation != NullableAnnotation.Annotated
                ? "null!"
                : Reads.Default(parameter));
        return new CountedParameter($"{(parameter.IsParams ? "params " : string.Empty)}{type} {name}{value}", name);
    }

    private static bool IsPublic(ITypeSymbol type)
    {
        return type switch
        {
            IArrayTypeSymbol array => IsPublic(array.ElementType),
            INamedTypeSymbol named => Reach.IsPublic(named) && named.TypeArguments.All(IsPublic),
            _ => false,
        };
    }

    private static HashSet<string> Needed(IEnumerable<string> roots, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(roots);
        while (pending.Count > 0)
        {
            var name = pending.Dequeue();
            if (!needed.Add(name) || !functions.TryGetValue(name, out var function))
                continue;

            var called = new List<string>();
            UsedParameters.Called(function.Body, called);
            foreach (var each in called)
                pending.Enqueue(each);
        }

        return needed;
    }
}
