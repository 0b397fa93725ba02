using LoraGen.Generator.Models;

namespace LoraGen.Generator.Counting;

/// <summary>Finds which parameters the counts hang on: what nobody reads need not be told, so its argument may be anything.</summary>
internal static class UsedParameters
{
    public static IReadOnlyDictionary<string, ShapeFunction> Mark(IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        var marked = functions.ToDictionary(pair => pair.Key, pair => WithoutUnread(pair.Value), StringComparer.Ordinal);
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var function in marked.Values.ToArray())
            {
                var used = new HashSet<string>(function.Body.SelectMany(code => Read(code, marked, ShapeCodeKind.Parameter)), StringComparer.Ordinal);
                var parameters = function.Parameters.Select(parameter => parameter with { IsUsed = used.Contains(parameter.Name) }).ToEquatableArray();
                isChanged |= !parameters.Equals(function.Parameters);
                marked[function.Name] = function with { Parameters = parameters };
            }
        }

        return marked;
    }

    /// <summary>Why one of the arguments that matter can't be told; null where all can.</summary>
    public static string? Unknown(ShapeFunction function, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        return function.Body.SelectMany(code => Read(code, functions, ShapeCodeKind.Unknown)).FirstOrDefault()
            ?? function.Parameters
                .Where(parameter => parameter is { IsUsed: true, Type: null })
                .Select(parameter => $"{parameter.Name} has a type that can't be named")
                .FirstOrDefault();
    }

    /// <summary>The functions that it calls.</summary>
    public static IEnumerable<string> Called(ShapeCode code)
    {
        var inner = code.Parts.SelectMany(Called);
        return code.Kind is ShapeCodeKind.New or ShapeCodeKind.Chain ? inner.Prepend(code.Text) : inner;
    }

    private static ShapeFunction WithoutUnread(ShapeFunction function)
    {
        var read = new HashSet<string>(function.Body.SelectMany(Fields), StringComparer.Ordinal);
        return function with { Body = function.Body.Select(code => Without(code, read)).OfType<ShapeCode>().ToEquatableArray() };
    }

    private static IEnumerable<string> Fields(ShapeCode code)
    {
        var inner = code.Parts.SelectMany(Fields);
        return code.Kind == ShapeCodeKind.Field ? inner.Prepend(code.Text) : inner;
    }

    private static ShapeCode? Without(ShapeCode code, HashSet<string> read)
    {
        return code.Kind switch
        {
            ShapeCodeKind.SetField or ShapeCodeKind.DeclareField when !read.Contains(code.Text) => null,
            ShapeCodeKind.Block => code with { Parts = code.Parts.Select(part => Without(part, read)).OfType<ShapeCode>().ToEquatableArray() },
            _ => code,
        };
    }

    private static IEnumerable<string> Read(ShapeCode code, IReadOnlyDictionary<string, ShapeFunction> functions, ShapeCodeKind kind)
    {
        if (code.Kind == kind)
            return [code.Text];
        if (code.Kind is not (ShapeCodeKind.New or ShapeCodeKind.Chain))
            return code.Parts.SelectMany(part => Read(part, functions, kind));
        return functions.TryGetValue(code.Text, out var called)
            ? code.Parts.Zip(called.Parameters, (argument, parameter) => (argument, parameter))
                .Where(pair => pair.parameter.IsUsed)
                .SelectMany(pair => Read(pair.argument, functions, kind))
            : [];
    }
}
