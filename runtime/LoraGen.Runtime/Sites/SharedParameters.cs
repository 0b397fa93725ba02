namespace LoraGen;

/// <summary>Tells which parameters of a frozen model are one tensor under several names.</summary>
/// <remarks>
/// TorchSharp hands out several wrappers of one native tensor (Embedding.weight makes one at each get) and no address on every device, but the
/// wrappers share their flags: one that is set through the first shows through the others.
/// </remarks>
internal static class SharedParameters
{
    /// <summary>The parameters, each tensor's together, in the order in which they stand.</summary>
    public static IReadOnlyList<IReadOnlyList<BaseParameter>> Group(IReadOnlyList<BaseParameter> frozen)
    {
        // What another adapter trains does require a gradient.
        var trained = frozen.Where(parameter => parameter.Parameter.requires_grad).ToArray();
        foreach (var parameter in trained)
            parameter.Parameter.requires_grad = false;
        var groups = GroupFrozen(frozen);
        foreach (var parameter in trained)
            parameter.Parameter.requires_grad = true;
        return groups;
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

            groups.Add([parameter]);
            MarkIfPossible(parameter, mark: true);
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
