using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace TorchSharp;

/// <summary>The fields and properties of a module class that can hold parameters, buffers and child modules.</summary>
internal static class ComponentFields
{
    /// <summary>What a trimmer must keep of every module class; it stands on <see cref="torch.nn.Module"/> and so holds for all that derive from it.</summary>
    public const DynamicallyAccessedMemberTypes Kept = DynamicallyAccessedMemberTypes.PublicFields
        | DynamicallyAccessedMemberTypes.NonPublicFields
        | DynamicallyAccessedMemberTypes.PublicProperties;

    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    /// <summary>The instance fields of a class and of its bases, the most derived first; of fields with one name only the first.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The base classes up to Module carry the same annotation as the class.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The base classes up to Module carry the same annotation as the class.")]
    public static IEnumerable<FieldInfo> Of([DynamicallyAccessedMembers(Kept)] Type type)
    {
        var seen = new HashSet<string>();
        for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            foreach (var field in current.GetFields(Instance))
            {
                if (seen.Add(field.Name))
                    yield return field;
            }
        }
    }

    public static Dictionary<string, PropertyInfo> PropertiesOf([DynamicallyAccessedMembers(Kept)] Type type)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => property.Name);
}
