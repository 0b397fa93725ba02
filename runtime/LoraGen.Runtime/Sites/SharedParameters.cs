using System.Runtime.InteropServices;

namespace LoraGen.Sites;

/// <summary>Finds the parameters of a frozen model that are the same tensor under several names.</summary>
/// <remarks>
/// TorchSharp may return several wrappers of one native tensor (Embedding.weight creates one in each get), and gives no address on some devices. But the
/// wrappers share their flags, so a flag that is set on one of them can be read from the others.
/// </remarks>
internal static class SharedParameters
{
    /// <summary>Groups the parameters by tensor, in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<BaseParameter>> Group(IReadOnlyList<BaseParameter> frozen)
    {
        // Parameters that another adapter trains require a gradient.
        var trained = frozen.Where(parameter => parameter.Parameter.requires_grad).ToArray();
        foreach (var parameter in trained)
            parameter.Parameter.requires_grad = false;
        try
        {
            return GroupFrozen(frozen);
        }
        finally
        {
            // Only there can it be set on tensors that were created there.
            using var inference = TorchSharp.torch.inference_mode();
            foreach (var parameter in trained)
                parameter.Parameter.requires_grad = true;
        }
    }

    private static List<List<BaseParameter>> GroupFrozen(IReadOnlyList<BaseParameter> frozen)
    {
        var groups = new List<List<BaseParameter>>();
        var repeated = new List<BaseParameter>();
        foreach (var parameter in frozen)
        {
            if (parameter.Parameter.requires_grad)
            {
                repeated.Add(parameter);
                continue;
            }

            try
            {
                MarkIfPossible(parameter, mark: true);
            }
            catch (ExternalException error) when (error.Message.Contains("inference tensor", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var group in groups)
                    MarkIfPossible(group[0], mark: false);
                throw new InvalidOperationException(
                    $"{parameter.Path} was created in inference mode, so PyTorch can neither train through it nor change it outside. Create the model outside "
                    + "inference_mode; calls of it and attaching may be within.",
                    error);
            }

            groups.Add([parameter]);
        }

        foreach (var group in groups)
            MarkIfPossible(group[0], mark: false);
        foreach (var parameter in repeated)
            GroupOf(parameter, groups).Add(parameter);
        return groups;
    }

    private static List<BaseParameter> GroupOf(BaseParameter parameter, List<List<BaseParameter>> groups)
    {
        MarkIfPossible(parameter, mark: true);
        var group = groups.First(candidate => candidate[0].Parameter.requires_grad);
        MarkIfPossible(parameter, mark: false);
        return group;
    }

    // Integer parameters (quantised weights) can't require a gradient; each counts as its own tensor.
    private static void MarkIfPossible(BaseParameter parameter, bool mark)
    {
        if (TorchSharp.torch.is_floating_point(parameter.Parameter))
            parameter.Parameter.requires_grad = mark;
    }
}
