using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Evaluating;

/// <summary>The variables that a place of generated code sees, with those of the blocks around it.</summary>
internal sealed class Locals(Locals? outer = null)
{
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <param name="name">The variable's name.</param>
    /// <param name="type">As it is declared; null for <c>var</c>.</param>
    /// <param name="value">What it starts with.</param>
    public void Declare(string name, TypeSyntax? type, object? value) => _slots[name] = Slot.Of(type is IdentifierNameSyntax { IsVar: true } ? null : type, value);

    public object? Read(string name) => Find(name).Value;

    public void Write(string name, object? value)
    {
        var slot = Find(name);
        slot.Value = slot.Type is null ? Conversions.Like(slot.Value, value) : Conversions.To(slot.Type, value);
    }

    private Slot Find(string name)
    {
        return _slots.TryGetValue(name, out var slot) ? slot : outer?.Find(name) ?? throw new NotConstantException();
    }

    private sealed class Slot(TypeSyntax? type, object? value)
    {
        public static Slot Of(TypeSyntax? type, object? value) => new(type, Conversions.To(type, value));

        public TypeSyntax? Type => type;

        public object? Value { get; set; } = value;
    }
}
