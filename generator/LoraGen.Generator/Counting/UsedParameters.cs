using LoraGen.Generator.Models;

namespace LoraGen.Generator.Counting;

/// <summary>Finds which parameters the counts hang on: what nobody reads need not be told, so its argument may be anything.</summary>
internal static class UsedParameters
{
    public static IReadOnlyDictionary<string, ShapeFunction> Mark(IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        var marked = functions.ToDictionary(pair => pair.Key, pair => WithoutUnread(pair.Value), StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var name in functions.Keys)
            {
                var function = marked[name];
                used.Clear();
                foreach (var code in function.Body)
                    Read(code, marked, used);
                if (function.Parameters.All(parameter => parameter.IsUsed == used.Contains(parameter.Name)))
                    continue;

                isChanged = true;
                var parameters = function.Parameters.Select(parameter => parameter with { IsUsed = used.Contains(parameter.Name) });
                marked[name] = function with { Parameters = parameters.ToEquatableArray() };
            }
        }

        return marked;
    }

    /// <summary>One of the arguments that matter that can't be told; its text says why. Null where all can.</summary>
    public static ShapeCode? Unknown(ShapeFunction function, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        return Unknown(function.Body, functions)
            ?? function.Parameters
                .Where(parameter => parameter is { IsUsed: true, Type: null })
                .Select(parameter => new ShapeCode(ShapeCodeKind.Unknown, $"{parameter.Name} has a type that can't be named", default))
                .FirstOrDefault();
    }

    /// <summary>Adds the functions that it calls.</summary>
    public static void Called(EquatableArray<ShapeCode> codes, ICollection<string> called)
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i].Kind is ShapeCodeKind.New or ShapeCodeKind.Chain or ShapeCodeKind.Call)
                called.Add(codes[i].Text);
            Called(codes[i].Parts, called);
        }
    }

    private static ShapeFunction WithoutUnread(ShapeFunction function)
    {
        // What a method takes by reference, its caller may read.
        var read = new HashSet<string>(function.Parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        Fields(function.Body, read);
        return function with { Body = function.Body.Select(code => Without(code, read)).OfType<ShapeCode>().ToEquatableArray() };
    }

    private static void Fields(EquatableArray<ShapeCode> codes, HashSet<string> fields)
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i].Kind == ShapeCodeKind.Field || (codes[i].Kind == ShapeCodeKind.SetField && Calls(codes[i])))
                fields.Add(codes[i].Text);
            Fields(codes[i].Parts, fields);
        }
    }

    // What the method does beside is needed, whoever reads its result.
    private static bool Calls(ShapeCode code) => code.Kind == ShapeCodeKind.Call || code.Parts.Any(Calls);

    private static ShapeCode? Without(ShapeCode code, HashSet<string> read)
    {
        return code.Kind switch
        {
            ShapeCodeKind.SetField or ShapeCodeKind.DeclareField when !read.Contains(code.Text) => null,
            ShapeCodeKind.Block => code with { Parts = code.Parts.Select(part => Without(part, read)).OfType<ShapeCode>().ToEquatableArray() },
            _ => code,
        };
    }

    // These run over each piece of code several times at each edit of a model, so they make nothing that is thrown away.
    private static void Read(ShapeCode code, IReadOnlyDictionary<string, ShapeFunction> functions, HashSet<string> parameters)
    {
        if (code.Kind is ShapeCodeKind.Parameter or ShapeCodeKind.Field or ShapeCodeKind.SetField)
            parameters.Add(code.Text);
        for (var i = 0; i < code.Parts.Count; i++)
        {
            if (IsUsed(code, i, functions))
                Read(code.Parts[i], functions, parameters);
        }
    }

    private static ShapeCode? Unknown(EquatableArray<ShapeCode> codes, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (Unknown(codes[i], functions) is { } unknown)
                return unknown;
        }

        return null;
    }

    private static ShapeCode? Unknown(ShapeCode code, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        if (code.Kind == ShapeCodeKind.Unknown)
            return code;
        for (var i = 0; i < code.Parts.Count; i++)
        {
            if (IsUsed(code, i, functions) && Unknown(code.Parts[i], functions) is { } unknown)
                return unknown;
        }

        return null;
    }

    // Of a call's arguments those are left out that the function has no use for.
    private static bool IsUsed(ShapeCode code, int part, IReadOnlyDictionary<string, ShapeFunction> functions)
    {
        return code.Kind is not (ShapeCodeKind.New or ShapeCodeKind.Chain or ShapeCodeKind.Call)
            || (functions.TryGetValue(code.Text, out var called) && part < called.Parameters.Count && called.Parameters[part].IsUsed);
    }
}
