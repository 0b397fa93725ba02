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
    public static IReadOnlyList<IReadOnlyList<BaseParameter>> Group(IReadOnlyList<BaseParameter> frozen) => Group(frozen, named => named.Parameter);

    /// <summary>Groups what has parameters by tensor, in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Group<T>(IReadOnlyList<T> frozen, Func<T, Tensor> parameterOf)
    {
        // Parameters that another adapter trains require a gradient.
        var trained = frozen.Select(parameterOf).Where(parameter => parameter.requires_grad).ToArray();
        foreach (var parameter in trained)
            parameter.requires_grad = false;
        var groups = GroupFrozen(frozen, parameterOf);
        foreach (var parameter in trained)
            parameter.requires_grad = true;
        return groups;
    }

    private static List<List<T>> GroupFrozen<T>(IReadOnlyList<T> frozen, Func<T, Tensor> parameterOf)
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

            groups.Add([item]);
            MarkIfPossible(parameterOf(item), mark: true);
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
