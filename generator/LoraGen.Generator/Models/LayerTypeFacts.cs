namespace LoraGen.Generator.Models;

/// <summary>A class that an attribute declares to be a linear layer, and the members that describe it; null if the attribute names none.</summary>
public sealed record LayerTypeFacts(string TypeName, MemberRead? InFeatures, MemberRead? OutFeatures, MemberRead? Weight, MemberRead? Bias);

/// <summary>A member that is only read.</summary>
public sealed record MemberRead(string Name, string TypeName, MemberAccess Access);
