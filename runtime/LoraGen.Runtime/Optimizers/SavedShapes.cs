using TorchSharp.Modules;

namespace LoraGen.Optimizers;

/// <summary>
/// The names of BAdam's blocks and the shapes of their parameters, as the first entry of its saved state: they are compared before anything is loaded.
/// </summary>
/// <param name="blocks">The optimizer's blocks.</param>
internal sealed class SavedBlocks(IReadOnlyList<BAdamBlock> blocks) : OptimizerOptions
{
    private Block[] Own => [.. blocks.Select(block => new Block(block.Name, [.. block.Listed.Select(parameter => Text(parameter.shape))]))];

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
        Block[] saved =
        [
            .. Enumerable.Range(0, reader.ReadInt32())
                .Select(_ => new Block(reader.ReadString(), [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())])),
        ];
        if (Difference(saved) is { } difference)
            throw new InvalidDataException(difference);
    }

    public override void LoadStateDict(OptimizerOptions source)
    {
        if (Difference(((SavedBlocks)source).Own) is { } difference)
            throw new ArgumentException(difference, nameof(source));
    }

    private string? Difference(IReadOnlyList<Block> saved)
    {
        var own = Own;
        if (!saved.Select(block => block.Summary).SequenceEqual(own.Select(block => block.Summary)))
            return $"The saved blocks are {Listed(saved)}, and those here {Listed(own)}. Create the optimizer with the blocks of the saved one.";

        foreach (var (theirs, ours) in saved.Zip(own))
        {
            for (var i = 0; i < ours.Shapes.Length; i++)
            {
                if (theirs.Shapes[i] != ours.Shapes[i])
                {
                    return $"Parameter {i} of the block \"{ours.Name}\" has the shape {theirs.Shapes[i]} in the saved state and {ours.Shapes[i]} here. Create "
                        + "the optimizer for the model of the saved one.";
                }
            }
        }

        return null;
    }

    private static string Listed(IEnumerable<Block> all) => $"[{string.Join("; ", all.Select(block => block.Summary))}]";

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private sealed record Block(string Name, string[] Shapes)
    {
        public string Summary => $"{Name}: {Shapes.Length} parameters";
    }
}
