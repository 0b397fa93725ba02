namespace LoraGen.Generator.Tests.Harness;

internal sealed record TinyFacts(string Name, object? Held);

internal sealed record TinyModel(string Name, int Fields, object? Held);
