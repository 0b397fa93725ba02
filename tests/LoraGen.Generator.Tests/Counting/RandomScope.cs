using LoraGen.Generator.Tests.EditScripts;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>The variables that a place of a random body sees.</summary>
internal sealed class RandomScope(RandomScope? outer, bool isFunction)
{
    private readonly List<string> _changeable = [];
    private readonly List<string> _declared = [];
    private readonly HashSet<string> _within = [];

    /// <summary>Whether C# lets it be declared there: around it in the same body, and before it in blocks within, it is not.</summary>
    public bool MayDeclare(string name)
    {
        for (var scope = this; ; scope = scope.Outer!)
        {
            if (scope._declared.Contains(name))
                return false;
            if (scope.IsFunction || scope.Outer is null)
                return !_within.Contains(name);
        }
    }

    public void Declare(string name)
    {
        DeclareFixed(name);
        _changeable.Add(name);
    }

    /// <summary>One that is not changed: a loop would not end.</summary>
    public void DeclareFixed(string name)
    {
        _declared.Add(name);
        for (var scope = this; scope is not null; scope = scope.IsFunction ? null : scope.Outer)
            scope._within.Add(name);
    }

    /// <summary>A variable of the body itself.</summary>
    public string? Own(Prng random) => Any(random, scope => scope._changeable, isWithFunctionsAround: false);

    /// <summary>A variable, or one of a body around.</summary>
    public string? All(Prng random) => Any(random, scope => scope._declared, isWithFunctionsAround: true);

    private RandomScope? Outer => outer;

    private bool IsFunction => isFunction;

    private string? Any(Prng random, Func<RandomScope, List<string>> of, bool isWithFunctionsAround)
    {
        var names = new List<string>();
        for (var scope = this; scope is not null; scope = scope.IsFunction && !isWithFunctionsAround ? null : scope.Outer)
            names.AddRange(of(scope).Where(name => !names.Contains(name)));
        if (names.Count == 0)
            return null;

        // Where the one around was read, none of its name may follow.
        var read = names[random.Below(names.Count)];
        for (var scope = this; scope is not null; scope = scope.Outer)
            scope._within.Add(read);
        return read;
    }
}
