using System.Text;

namespace LoraGen.Generator.Emitting;

/// <summary>Writes lines of text, indented by four spaces per block and ended by LF.</summary>
internal sealed class IndentedWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isAtStart;

    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', 4 * _depth).Append(line);
        _text.Append('\n');
        _isAtStart = false;
    }

    /// <summary>Leaves a line empty, except at the start of a block.</summary>
    public void Separate()
    {
        if (!_isAtStart)
            Line();
    }

    /// <summary>Writes the line and a brace; disposing the result closes it.</summary>
    public Block Open(string line)
    {
        Line(line);
        return Braces();
    }

    /// <summary>Opens a brace; disposing the result closes it.</summary>
    public Block Braces()
    {
        Line("{");
        _depth++;
        _isAtStart = true;
        return new Block(this);
    }

    public override string ToString() => _text.ToString();

    public readonly struct Block(IndentedWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
