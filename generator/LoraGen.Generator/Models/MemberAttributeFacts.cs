namespace LoraGen.Generator.Models;

/// <summary>What one attribute says of a member of a module class.</summary>
/// <param name="Class">The class, as metadata write it: <c>Acme.Net`1+Block</c>.</param>
/// <param name="Component">The member's name in the model's state_dict.</param>
/// <param name="Adapter">The adapter that the attribute speaks to; null for each.</param>
public abstract record MemberAttributeFacts(string Class, string Component, string? Adapter);

/// <summary>[LoraIgnore].</summary>
public sealed record IgnoredMember(string Class, string Component) : MemberAttributeFacts(Class, Component, null);

/// <summary>[Trainable].</summary>
/// <param name="IsOptional">Whether the member may be null.</param>
public sealed record TrainedMember(string Class, string Component, string? Adapter, bool IsOptional) : MemberAttributeFacts(Class, Component, Adapter);

/// <summary>[Checkpoint].</summary>
/// <param name="Every">The number of items of a list that keep one input.</param>
public sealed record CheckpointedMember(string Class, string Component, int Every) : MemberAttributeFacts(Class, Component, null);

/// <summary>[Checkpoint] on the class itself, whose component is empty.</summary>
public sealed record CheckpointedClass(string Class) : MemberAttributeFacts(Class, string.Empty, null);

/// <summary>An adapter attribute.</summary>
/// <param name="MethodType">The method's class, fully qualified.</param>
/// <param name="Options">What it sets.</param>
/// <param name="Needs">What a file needs in order to name the method.</param>
public sealed record AdaptedMember(string Class, string Component, string? Adapter, string MethodType, EquatableArray<Option> Options, NameNeeds Needs)
    : MemberAttributeFacts(Class, Component, Adapter);
