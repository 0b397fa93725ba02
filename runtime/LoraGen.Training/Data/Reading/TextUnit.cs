namespace LoraGen.Training.Reading;

/// <summary>What one record of a text file is.</summary>
public enum TextUnit
{
    /// <summary>A line. Empty lines are left out.</summary>
    Line,

    /// <summary>A paragraph: lines up to an empty one, joined by <c>\n</c>.</summary>
    Paragraph,

    /// <summary>The whole file, its lines joined by <c>\n</c>. It is read at once.</summary>
    Document,
}
