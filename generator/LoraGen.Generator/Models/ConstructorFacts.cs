namespace LoraGen.Generator.Models;

/// <summary>A constructor of a model that generated code can call.</summary>
/// <param name="IsPublic">Whether its parameters' types are public.</param>
public sealed record ConstructorFacts(bool IsPublic, EquatableArray<ParameterFacts> Parameters);

/// <param name="Declaration">Its declaration: <c>int width = 4</c>.</param>
/// <param name="Name">Its name alone, escaped.</param>
/// <param name="IsDevice">Whether it is a <c>torch.Device</c>.</param>
/// <param name="IsOptional">Whether a call may leave it out: it has a default value, or is <c>params</c>.</param>
public sealed record ParameterFacts(string Declaration, string Name, bool IsDevice, bool IsOptional);
