using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>A model's state by the names of its members.</summary>
internal static class ModelTensors
{
    /// <summary>The tensors in the model's order. One tensor may have several names.</summary>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Of(nn.Module model)
    {
        var state = model.state_dict();
        var names = MemberName.CleanAll(state.Keys);
        return [.. state.Select(entry => (names[entry.Key], entry.Value))];
    }

    /// <summary>The names by those of the state_dict.</summary>
    public static IReadOnlyDictionary<string, string> NamesOf(nn.Module model) => MemberName.CleanAll(model.state_dict().Keys);

    /// <summary>The names of the tensors, grouped by tensor, in the model's order.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Name, Tensor Tensor)>> Grouped(IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        var parameters = tensors.Where(IsParameter).ToArray();
        return
        [
            .. SharedParameters.Group(parameters, entry => entry.Tensor, entry => entry.Name),
            .. tensors.Where(entry => !IsParameter(entry)).GroupBy(entry => entry.Tensor.Handle).Select(group => group.ToArray()),
        ];

        static bool IsParameter((string Name, Tensor Tensor) entry) => entry.Tensor is Parameter { is_leaf: true };
    }

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
}
