namespace LoraGen.Torch.Tests.Completeness;

/// <summary>The operations of TorchSharp that a test holds against their definitions, by the names of <see cref="Operation"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SemanticsAttribute(params string[] operations) : Attribute
{
    public IReadOnlyList<string> Operations { get; } = operations;
}
