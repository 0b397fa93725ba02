namespace LoraGen.Training.Cleaning;

/// <summary>An item that was removed as a duplicate.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Of">The index of the earlier item that was kept and that it resembles.</param>
/// <param name="Similarity">The Jaccard similarity of the two, 1 for the same text.</param>
public readonly record struct Duplicate(int Index, int Of, double Similarity);
