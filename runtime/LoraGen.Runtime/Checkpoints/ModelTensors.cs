using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>A model's state by names without the marks of backing fields.</summary>
internal static partial class ModelTensors
{
    /// <summary>The tensors in the model's order. One tensor may have several names.</summary>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Of(nn.Module model)
    {
        return [.. model.state_dict().Select(entry => (Clean(entry.Key), entry.Value))];
    }

    /// <summary>A name of the state_dict without the marks of an auto-property's field.</summary>
    public static string Clean(string name) => BackingField().Replace(name, "$1");

    /// <summary>
    /// Whether two parameters are one native tensor. TorchSharp returns several wrappers of one tensor, and no address on some devices, but a value that is
    /// set through one wrapper is visible through the other.
    /// </summary>
    public static bool AreOne(Tensor one, Tensor other)
    {
        if (one.Handle == other.Handle)
            return true;
        if (!one.is_leaf || !other.is_leaf || !one.is_floating_point() || one.dtype != other.dtype || !one.shape.SequenceEqual(other.shape))
            return false;

        var (before, otherBefore) = (one.requires_grad, other.requires_grad);
        one.requires_grad = !before;
        var shows = before == otherBefore && other.requires_grad != otherBefore;
        one.requires_grad = before;
        return shows;
    }

    // An auto-property is registered under its field's name.
    [GeneratedRegex(@"<([^>]+)>k__BackingField", RegexOptions.CultureInvariant)]
    private static partial Regex BackingField();
}
