namespace LoraGen.Training.Cleaning;

/// <summary>Data in parts that have no item in common.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Train">What is learned.</param>
/// <param name="Validation">What options such as the learning rate are chosen by.</param>
/// <param name="Test">What the quality is measured on, once.</param>
public sealed record SplitData<T>(IReadOnlyList<T> Train, IReadOnlyList<T> Validation, IReadOnlyList<T> Test);
