using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>A local, a parameter, or a field that holds a value.</summary>
internal sealed class Variable(Hold hold, ShapeCode code, ITypeSymbol? type)
{
    public Hold Hold => hold;

    public ShapeCode Code => code;

    public ITypeSymbol? Type => type;

    /// <summary>Why its value is not known; null where it is.</summary>
    public UnknownShapeException? Unknown { get; set; }

    /// <summary>Whether something was put into it, or it is a parameter.</summary>
    public bool IsSet { get; set; }

    /// <summary>For a list: whether nobody else has it.</summary>
    public bool IsMadeHere { get; set; }

    /// <summary>Whether it is one of the body around.</summary>
    public bool IsCaptured { get; init; }

    /// <summary>Whether it is a tensor that is surely no parameter.</summary>
    public bool IsBuffer { get; set; }

    /// <summary>The function within the body that has the name; null for a variable.</summary>
    public CalledMethod? Function { get; set; }
}

/// <summary>What simple names stand for at a place of a constructor.</summary>
/// <param name="outer">For a function within a body: finds those of the body around it that it sees.</param>
internal sealed class Variables(Func<string, Variable?>? outer = null)
{
    private readonly Dictionary<string, Variable> _captured = new(StringComparer.Ordinal);
    private Dictionary<string, Variable> _known = new(StringComparer.Ordinal);

    /// <summary>The variables of the body around that were met.</summary>
    public IEnumerable<KeyValuePair<string, Variable>> Captured => _captured.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public Variable? Find(string name)
    {
        if (_known.TryGetValue(name, out var variable) || _captured.TryGetValue(name, out variable))
            return variable;
        if (outer?.Invoke(name) is not { } found)
            return null;
        if (found.Function is not null)
            return found;

        // It gets the value that there is when it is called.
        variable = new Variable(found.Hold, new ShapeCode(ShapeCodeKind.Parameter, name, default), found.Type)
        {
            IsSet = found.IsSet, Unknown = found.Unknown, IsCaptured = true,
        };
        _captured.Add(name, variable);
        return variable;
    }

    /// <summary>Whether the expression begins with the name of a variable.</summary>
    public bool IsNamed(ExpressionSyntax value)
    {
        while (value is MemberAccessExpressionSyntax access)
            value = access.Expression;
        return value is IdentifierNameSyntax name && Find(name.Identifier.ValueText) is not null;
    }

    public Variable Declare(string name, Hold hold, ITypeSymbol? type)
    {
        return Declare(name, new Variable(hold, Reads.Identifier(name), type) { IsSet = true });
    }

    public Variable Declare(string name, Variable variable)
    {
        // Generated code has names of that kind of its own.
        if (name == "this" || name.StartsWith("this_", StringComparison.Ordinal))
            throw new UnknownShapeException($"a variable has the name {name}");
        _known[name] = variable;
        return variable;
    }

    /// <summary>Forgets what was declared, until the block ends.</summary>
    public void Clear() => _known = new Dictionary<string, Variable>(StringComparer.Ordinal);

    /// <summary>Ends with the result: what is declared until then is forgotten.</summary>
    public Block Open() => new(this, new Dictionary<string, Variable>(_known, StringComparer.Ordinal));

    public readonly struct Block(Variables variables, Dictionary<string, Variable> before) : IDisposable
    {
        public void Dispose() => variables._known = before;
    }
}
