namespace LoraGen.Analyzers;

/// <summary>Runs rules so that one that throws doesn't keep the others from reporting.</summary>
internal static class RuleRunner
{
    /// <summary>
    /// Runs each rule and afterwards rethrows what rules have thrown: the compiler shows it as AD0001, with the ids of the rules that failed.
    /// </summary>
    public static void Run<TRule>(IReadOnlyList<TRule> rules, Action<TRule> check)
        where TRule : Rule
    {
        List<(string Id, Exception Exception)>? failures = null;
        foreach (var rule in rules)
        {
            try
            {
                check(rule);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                (failures ??= []).Add((rule.Id, exception));
            }
        }

        if (failures is not null)
        {
            var ids = string.Join(", ", failures.Select(failure => failure.Id));
            throw new AggregateException($"{ids} failed; the other rules ran.", failures.Select(failure => failure.Exception));
        }
    }
}
