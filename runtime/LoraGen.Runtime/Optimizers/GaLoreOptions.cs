using TorchSharp.Modules;

namespace LoraGen.Optimizers;

/// <summary>The options of a group of <see cref="GaLore"/>.</summary>
/// <param name="rank">The rank of the projection; null for AdamW.</param>
internal sealed class GaLoreOptions(int? rank) : AdamOptions
{
    public int? Rank => rank;

    public int UpdateInterval { get; set; } = 1;

    public double Scale { get; set; } = 1;

    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(Rank ?? 0);
        writer.Write(UpdateInterval);
        writer.Write(Scale);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        if (reader.ReadInt32() is var saved && saved != (Rank ?? 0))
            throw new InvalidDataException(Mismatch(saved));
        (UpdateInterval, Scale) = (reader.ReadInt32(), reader.ReadDouble());
    }

    public override void LoadStateDict(OptimizerOptions source)
    {
        var other = (GaLoreOptions)source;
        if (other.Rank != Rank)
            throw new ArgumentException(Mismatch(other.Rank ?? 0), nameof(source));
        base.LoadStateDict(source);
        (UpdateInterval, Scale) = (other.UpdateInterval, other.Scale);
    }

    private string Mismatch(int saved)
    {
        return $"The saved group has {Name(saved)}, and this one {Name(Rank ?? 0)}. Create the optimizer with the groups of the saved one.";

        static string Name(int rank) => rank == 0 ? "no rank" : $"rank {rank}";
    }
}
