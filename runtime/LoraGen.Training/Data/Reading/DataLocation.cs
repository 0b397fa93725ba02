namespace LoraGen.Training.Reading;

/// <summary>Where a record is.</summary>
/// <param name="Source">The path of the file, or the name of the data in memory.</param>
/// <param name="Unit">What <paramref name="Number"/> counts: "line", "row" (Parquet) or "record" (JSON arrays, memory).</param>
/// <param name="Number">The number of the line, row or record, from 1; 0 if the whole file is meant.</param>
public readonly record struct DataLocation(string Source, string Unit, long Number)
{
    /// <summary>For example <c>"train.jsonl", line 3</c>.</summary>
    public override string ToString()
    {
        return Number == 0 ? $"\"{Source}\"" : FormattableString.Invariant($"\"{Source}\", {Unit} {Number}");
    }
}
