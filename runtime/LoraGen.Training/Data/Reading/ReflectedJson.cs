using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LoraGen.Training.Reading;

/// <summary>The serializer's default options, with reflection also in programs that turn it off by default, as those of one file do.</summary>
internal static class ReflectedJson
{
    public static JsonSerializerOptions Options { get; } = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
}
