using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LoraGen.Training.Reporting;

namespace LoraGen.Training;

/// <summary>
/// Writes a file with a JSON object in each line, one for each step, with everything that a <see cref="TrainingState"/> has, such as metrics and warnings.
/// Numbers that are not finite are strings (<c>"NaN"</c>). A resumed training continues the file.
/// </summary>
/// <param name="path">The file; its folder is created if it doesn't exist.</param>
public sealed class JsonReport(string path) : IProgress<TrainingState>, IDisposable
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly LineFile _file = new(path, null);

    /// <inheritdoc/>
    public void Report(TrainingState value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _file.Write(value.Step, JsonSerializer.Serialize(value, Options));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
