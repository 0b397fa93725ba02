using LoraGen.Generator.Models;

namespace LoraGen.Generator.Counting;

/// <summary>Statements as code.</summary>
internal static class Lines
{
    /// <summary>A statement that changes locals alone.</summary>
    public static ShapeCode Local(params ShapeCode[] parts) => new(ShapeCodeKind.Line, string.Empty, parts.ToEquatableArray());

    /// <summary>A statement that changes more: the module, or what was given to the function.</summary>
    public static ShapeCode Effect(params ShapeCode[] parts) => new(ShapeCodeKind.Effect, string.Empty, parts.ToEquatableArray());

    /// <summary>A statement with a block.</summary>
    public static ShapeCode Nested(ShapeCode head, IEnumerable<ShapeCode> body)
    {
        return new ShapeCode(ShapeCodeKind.Block, string.Empty, new[] { head }.Concat(body).ToEquatableArray());
    }

    /// <summary>What throws where the source throws; where it does, there is no model to count.</summary>
    public static ShapeCode Throw(string text)
    {
        return $"throw new global::System.ArgumentException({Emitting.Code.Text("The model's constructor would throw: " + text)})";
    }

    /// <summary>Pieces with commas between.</summary>
    public static ShapeCode List(IEnumerable<ShapeCode> pieces) => new(ShapeCodeKind.List, string.Empty, pieces.ToEquatableArray());
}
