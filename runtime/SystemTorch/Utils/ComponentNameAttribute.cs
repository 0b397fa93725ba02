#nullable disable
namespace TorchSharp.Utils;

/// <summary>Gives a field of a module another name in the module's registry.</summary>
public class ComponentNameAttribute : Attribute
{
    public string Name { get; set; }
}
