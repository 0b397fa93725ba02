using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>Finds the parameters of a frozen model that are the same tensor under several names.</summary>
/// <remarks>
/// TorchSharp may return several wrappers of one native tensor (Embedding.weight creates one in each get), and gives no address on some devices. But the
/// wrappers share their flags, so a flag that is set on one of them can be read from the others.
/// </remarks>
internal static class SharedParameters
{
    /// <summary>Groups the parameters by tensor, in their order.</summary>
    /// <exception cref="InvalidOperationException">A parameter was created in inference mode.</exception>
    public static IReadOnlyList<IReadOnlyList<BaseParameter>> Group(IReadOnlyList<BaseParameter> frozen)
    {
        return Group(frozen, named => named.Parameter, named => named.Path);
    }

    /// <summary>Groups what has parameters by tensor, in their order.</summary>
    /// <param name="frozen">What has the parameters.</param>
    /// <param name="parameterOf">Returns the parameter.</param>
    /// <param name="pathOf">Returns its path, for messages.</param>
    /// <exception cref="InvalidOperationException">A parameter was created in inference mode.</exception>
    public static IReadOnlyList<IReadOnlyList<T>> Group<T>(IReadOnlyList<T> frozen, Func<T, Tensor> parameterOf, Func<T, string> pathOf)
    {
        // Parameters that another adapter trains require a gradient.
        var trained = frozen.Select(parameterOf).Where(parameter => parameter.requires_grad).ToArray();
        foreach (var parameter in trained)
            parameter.requires_grad = false;
        try
        {
            return GroupFrozen(frozen, parameterOf, pathOf);
        }
        finally
        {
            // Only there can it be set on tensors that were created there.
            using var inference = inference_mode();
            foreach (var parameter in trained)
                parameter.requires_grad = true;
        }
    }

    private static List<List<T>> GroupFrozen<T>(IReadOnlyList<T> frozen, Func<T, Tensor> parameterOf, Func<T, string> pathOf)
    {
        var groups = new List<List<T>>();
        var repeated = new List<T>();
        foreach (var item in frozen)
        {
            if (parameterOf(item).requires_grad)
            {
                repeated.Add(item);
                continue;
            }

            try
            {
                MarkIfPossible(parameterOf(item), mark: true);
            }
            catch (ExternalException error) when (error.Message.Contains("inference tensor", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var group in groups)
                    MarkIfPossible(parameterOf(group[0]), mark: false);
                throw new InvalidOperationException(
                    $"{pathOf(item)} was created in inference mode, so PyTorch can neither train through it nor change it outside. Create the model outside "
                    + "inference_mode; calls of it and attaching may be within.",
                    error);
            }

            groups.Add([item]);
        }

        foreach (var group in groups)
            MarkIfPossible(parameterOf(group[0]), mark: false);
        foreach (var item in repeated)
        {
            MarkIfPossible(parameterOf(item), mark: true);
            groups.First(candidate => parameterOf(candidate[0]).requires_grad).Add(item);
            MarkIfPossible(parameterOf(item), mark: false);
        }

        return groups;
    }

    // Integer parameters (quantised weights) can't require a gradient; each counts as its own tensor.
    private static void MarkIfPossible(Tensor parameter, bool mark)
    {
        if (is_floating_point(parameter))
            parameter.requires_grad = mark;
    }
}
