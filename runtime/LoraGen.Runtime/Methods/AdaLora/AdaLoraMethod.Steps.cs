using static TorchSharp.torch;

namespace LoraGen;

/// <content>What happens after each step of the optimizer: the importance of each triplet, and the budget of ranks.</content>
public sealed partial record AdaLoraMethod
{
    private static readonly string[] Factor = ["A", "B", "E"];

    /// <summary>The same schedule over another number of steps.</summary>
    internal AdaLoraMethod Over(long steps)
    {
        return this with { TotalSteps = steps, InitialSteps = InitialSteps * steps / TotalSteps, FinalSteps = FinalSteps * steps / TotalSteps };
    }

    /// <inheritdoc/>
    protected internal override void AfterStep(Site site, long step)
    {
        if (step - 1 >= TotalSteps - FinalSteps)
            return;

        foreach (var name in Factor)
        {
            using var scope = NewDisposeScope();
            var (sensitivity, uncertainty) = (State(site, "Sensitivity" + name), State(site, "Uncertainty" + name));
            var parameter = site[name];
            var now = parameter.grad is { } gradient ? (parameter * gradient).abs_() : zeros_like(parameter);
            sensitivity.mul_(Beta1).add_(now, alpha: 1 - Beta1);
            uncertainty.mul_(Beta2).add_((now - sensitivity).abs_(), alpha: 1 - Beta2);
        }
    }

    internal override void CheckStep(IReadOnlyList<Site> sites)
    {
        var gradients = sites.SelectMany(Gradients).ToArray();
        if (FiniteValues.AreAll([.. gradients.Select(named => named.Gradient)]))
            return;

        var place = gradients.First(named => !FiniteValues.AreAll([named.Gradient])).Name;
        throw new NotFiniteNumberException(
            $"{place}: the gradient has values that are NaN or infinite. The importance of the ranks, which are averages, would be so for the rest of the "
            + "training, and no step was performed. Leave out step() and call zero_grad() for such a batch, or reduce the learning rate; a Trainer does the "
            + "former with NonFinite = NonFiniteStep.Skip.");
    }

    internal override void StartSteps(Site site) => SetMask((AdaLoraSite)site);

    internal override void EndStep(IReadOnlyList<Site> sites, long step)
    {
        // Steps are counted from 0 in the schedule, as in PEFT.
        var (now, last) = (step - 1, TotalSteps - FinalSteps);
        if (now > last)
        {
            foreach (var site in sites)
                ((AdaLoraSite)site).E.mul_(State(site, "Mask"));
        }
        else if (now == last || (now > InitialSteps && now % Interval == 0))
        {
            Allocate([.. sites.Cast<AdaLoraSite>()], now);
        }
    }

    internal override IReadOnlyList<Tensor> SaveSteps(Site site)
    {
        // The adapter's file doesn't have the triplets that were taken away, but the penalty's gradient depends on them.
        var ada = (AdaLoraSite)site;
        return [.. base.SaveSteps(site), ada.A, ada.B, ada.E];
    }

    // The adapter's file has what is left.
    internal override bool AreStepsOf(Site site, IReadOnlyList<Tensor> saved)
    {
        var (ada, isKept) = ((AdaLoraSite)site, saved[^4].ne(0));
        return !Differ(ada.A, saved[^3], isKept) && !Differ(ada.B, saved[^2], isKept.t()) && !Differ(ada.E, saved[^1], isKept);

        static bool Differ(Tensor own, Tensor other, Tensor where) => own.ne(other).logical_and(where).any().item<bool>();
    }

    internal override void LoadSteps(Site site, IReadOnlyList<Tensor> saved)
    {
        base.LoadSteps(site, saved);
        var ada = (AdaLoraSite)site;
        var isKept = State(site, "Mask").ne(0);
        ada.A.copy_(where(isKept, ada.A, saved[^3]));
        ada.B.copy_(where(isKept.t(), ada.B, saved[^2]));
        ada.E.copy_(where(isKept, ada.E, saved[^1]));
        bool[] kept = isKept.flatten().cpu().data<bool>().ToArray();
        ada.Keep(Array.TrueForAll(kept, each => each) ? null : kept);
    }

    private static IEnumerable<(string Name, Tensor Gradient)> Gradients(Site site)
    {
        foreach (var name in Factor)
        {
            if (site[name].grad is { } gradient)
                yield return ($"{site.Path}.{name}", gradient);
        }
    }

    private void Allocate(IReadOnlyList<AdaLoraSite> sites, long now)
    {
        var scores = sites.Select(Score).ToArray();
        var numbers = cat(scores, 0).to(ScalarType.Float64).cpu().data<double>().ToArray();
        var surplus = numbers.Length - Budget(sites.Count, now);
        if (surplus < 1)
            return;

        var threshold = numbers.Order().ElementAt((int)surplus - 1);
        var first = 0;
        foreach (var site in sites)
        {
            site.Keep([.. numbers.Skip(first).Take(InitialRank).Select(score => !(score <= threshold))]);
            SetMask(site);
            site.E.mul_(State(site, "Mask"));
            first += InitialRank;
        }
    }

    // From all ranks to the target's, by a cubic schedule.
    private long Budget(int sites, long now)
    {
        var (all, target) = ((long)sites * InitialRank, (long)sites * TargetRank);
        var left = 1 - ((double)(now - InitialSteps) / (TotalSteps - FinalSteps - InitialSteps));
        return (long)(((all - target) * Math.Pow(left, 3)) + target);
    }

    // The score of E, plus the mean score of A's row and of B's column.
    private static Tensor Score(AdaLoraSite site)
    {
        return Of("E").flatten() + Of("A").mean([1L]) + Of("B").mean([0L]);

        Tensor Of(string name) => State(site, "Sensitivity" + name) * State(site, "Uncertainty" + name);
    }

    private static void SetMask(AdaLoraSite site)
    {
        using var scope = NewDisposeScope();
        State(site, "Mask").copy_(tensor(site.IsKept.Select(isKept => isKept ? 1f : 0f).ToArray()).view(-1, 1));
    }

    private static Tensor State(Site site, string name) => site.StepState![name];
}
