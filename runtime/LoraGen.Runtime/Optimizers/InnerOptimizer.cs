using TorchSharp.Modules;

namespace LoraGen.Optimizers;

/// <summary>The kind of the optimizer within another, as the first entry of its saved state: another kind's state has other values.</summary>
/// <param name="outer">What the other one is, for messages.</param>
/// <param name="name">The kind.</param>
internal sealed class InnerOptimizer(string outer, string name) : OptimizerOptions
{
    public override void SaveStateDict(BinaryWriter writer) => writer.Write(name);

    public override void LoadStateDict(BinaryReader reader) => Ensure(reader.ReadString());

    public override void LoadStateDict(OptimizerOptions source) => Ensure(source is InnerOptimizer other ? other.Name : source.GetType().Name);

    private string Name => name;

    private void Ensure(string saved)
    {
        if (saved != name)
            throw new InvalidDataException($"The state is that of {outer} with {saved}, but this one is with {name}.");
    }
}
