namespace LoraGen.Verifiers;

/// <summary>The texts of two files of one project, and of a file of another.</summary>
internal sealed record SourceTriple(string First, string Second, string Other);
