namespace LoraGen.Generator.Tests.Styles;

/// <summary>Tests that run models do so one after the other: a count changes the default device of the process for its time.</summary>
[CollectionDefinition(nameof(RunsTorch))]
public sealed class RunsTorch;
