namespace LoraGen.Training.Reading;

/// <summary>A file or a record that can't be read: where, which field, what was expected, what is there, and what helps.</summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>Creates the error. The message consists of the parts.</summary>
    /// <param name="location">Where the record is.</param>
    /// <param name="field">The path of the field in the record, such as <c>conversations[2].value</c>; null if the whole record is meant.</param>
    /// <param name="expected">What was expected, such as "a text".</param>
    /// <param name="actual">What is there.</param>
    /// <param name="solution">What helps, as a sentence.</param>
    /// <param name="inner">The error of a library, if one caused this.</param>
    public DataFormatException(DataLocation location, string? field, string expected, string actual, string solution, Exception? inner = null)
        : base($"{location}{(field is null ? string.Empty : $", field \"{field}\"")}: expected {expected}, found {actual}. {solution}", inner)
    {
        Location = location;
        Field = field;
        Expected = expected;
        Actual = actual;
        Solution = solution;
    }

    /// <summary>Where the record is.</summary>
    public DataLocation Location { get; }

    /// <summary>The path of the field in the record; null if the whole record is meant.</summary>
    public string? Field { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }

    /// <summary>What is there.</summary>
    public string Actual { get; }

    /// <summary>What helps.</summary>
    public string Solution { get; }
}
