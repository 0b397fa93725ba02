using Microsoft.CodeAnalysis;

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
}

/// <summary>What simple names stand for at a place of a constructor.</summary>
internal sealed class Variables
{
    private Dictionary<string, Variable> _known = new(StringComparer.Ordinal);

    public Variable? Find(string name) => _known.TryGetValue(name, out var variable) ? variable : null;

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
