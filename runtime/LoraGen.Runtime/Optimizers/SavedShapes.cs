using TorchSharp.Modules;

namespace LoraGen.Optimizers;

/// <summary>
/// The names of an optimizer's groups and the shapes of their parameters, as an entry at the beginning of its saved state: they are compared before anything is
/// loaded.
/// </summary>
/// <param name="kind">What a group of the optimizer is called.</param>
/// <param name="groups">The optimizer's groups.</param>
internal sealed class SavedShapes(string kind, IEnumerable<(string Name, IEnumerable<Parameter> Parameters)> groups) : OptimizerOptions
{
    private Group[] Own => [.. groups.Select(group => new Group(group.Name, [.. group.Parameters.Select(parameter => Text(parameter.shape))]))];

    public override void SaveStateDict(BinaryWriter writer)
    {
        var own = Own;
        writer.Write(own.Length);
        foreach (var (name, shapes) in own)
        {
            writer.Write(name);
            writer.Write(shapes.Length);
            foreach (var shape in shapes)
                writer.Write(shape);
        }
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        Group[] saved =
        [
            .. Enumerable.Range(0, reader.ReadInt32())
                .Select(_ => new Group(reader.ReadString(), [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())])),
        ];
        if (Difference(saved) is { } difference)
            throw new InvalidDataException(difference);
    }

    public override void LoadStateDict(OptimizerOptions source)
    {
        if (Difference(((SavedShapes)source).Own) is { } difference)
            throw new ArgumentException(difference, nameof(source));
    }

    private string? Difference(IReadOnlyList<Group> saved)
    {
        var own = Own;
        if (!saved.Select(group => group.Summary).SequenceEqual(own.Select(group => group.Summary)))
            return $"The saved {kind}s are {Listed(saved)}, and those here {Listed(own)}. Create the optimizer with the {kind}s of the saved one.";

        foreach (var (theirs, ours) in saved.Zip(own))
        {
            for (var i = 0; i < ours.Shapes.Length; i++)
            {
                if (theirs.Shapes[i] != ours.Shapes[i])
                {
                    return $"Parameter {i} of the {kind} \"{ours.Name}\" has the shape {theirs.Shapes[i]} in the saved state and {ours.Shapes[i]} here. Create "
                        + "the optimizer for the model of the saved one.";
                }
            }
        }

        return null;
    }

    private static string Listed(IEnumerable<Group> all) => $"[{string.Join("; ", all.Select(group => group.Summary))}]";

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private sealed record Group(string Name, string[] Shapes)
    {
        public string Summary => $"{Name}: {Shapes.Length} parameters";
    }
}
