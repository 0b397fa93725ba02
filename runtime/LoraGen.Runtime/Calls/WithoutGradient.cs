using System.Runtime.InteropServices;

namespace LoraGen.Calls;

/// <summary>Says why a backward pass finds nothing that requires a gradient, if the adapters of the model that was called last are the reason.</summary>
internal static class WithoutGradient
{
    private const string OfLibtorch = "does not require grad";

    /// <exception cref="InvalidOperationException">None of the model's adapters takes part in calls.</exception>
    public static void Explain(ExternalException failure)
    {
        if (!failure.Message.Contains(OfLibtorch, StringComparison.Ordinal) || ModelCall.Last is not { Adapters: { Count: > 0 } adapters } model)
            return;
        if (adapters.Any(adapter => adapter.IsActing))
            return;

        var adapter = adapters.FirstOrDefault(each => each.IsMerged) ?? adapters[0];
        var (state, solution) = adapter.IsMerged ? ("merged", "Call Unmerge()") : ("not active", $"Set {nameof(AdapterBase.IsActive)} to true");
        throw new InvalidOperationException(
            $"Adapter \"{adapter.Name}\" is {state}, so the output of {model.Module.GetName()} does not depend on the adapter's parameters, and nothing "
            + $"requires a gradient. {solution} before the call from which the loss is computed.",
            failure);
    }
}
