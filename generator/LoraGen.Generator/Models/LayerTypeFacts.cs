namespace LoraGen.Generator.Models;

/// <summary>A class that an attribute declares to be a linear layer, and the members that tell of it; null where the attribute names none.</summary>
public sealed record LayerTypeFacts(string TypeName, MemberRead? InFeatures, MemberRead? OutFeatures, MemberRead? Weight, MemberRead? Bias);

/// <summary>A member that is read for its value alone.</summary>
public sealed record MemberRead(string Name, string TypeName, MemberAccess Access);
