using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>Passes the classes that are declared to be linear layers to the collector of sites.</summary>
internal static class LayerTypesWriter
{
    public static void Write(IndentedWriter writer, IEnumerable<LayerTypeFacts> layers, MemberAccessors members)
    {
        foreach (var layer in layers)
        {
            var told = new[] { ("inFeatures", layer.InFeatures), ("outFeatures", layer.OutFeatures), ("weight", layer.Weight), ("bias", layer.Bias) }
                .Where(argument => argument.Item2 is not null)
                .Select(argument => $"{argument.Item1}: static layer => {members.Read(argument.Item2!.Name, argument.Item2.Access, "layer")}");
            writer.Line($"sites.Describe<{layer.TypeName}>({string.Join(", ", told)});");
        }
    }
}
