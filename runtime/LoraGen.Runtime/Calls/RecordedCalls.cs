using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Calls;

/// <summary>The calls of adapted models that a block ran in, with their adapters. A second run of the block repeats them.</summary>
internal sealed class RecordedCalls
{
    private readonly IReadOnlyList<(AdaptedModel Model, AdapterSnapshot Snapshot)> _calls;

    private RecordedCalls(IReadOnlyList<(AdaptedModel Model, AdapterSnapshot Snapshot)> calls) => _calls = calls;

    /// <summary>Records the running calls, and of models that the block belongs to, and that are not being called, the current adapters.</summary>
    public static RecordedCalls Of(nn.Module block)
    {
        var running = ModelCall.Current;
        var others = ModuleState.TryGet(block, out var state) && state.Frozen is { } frozen
            ? frozen.Models.Distinct().Where(model => running.All(call => call.Model != model)).Select(model => (model, model.Snapshot))
            : [];
        return new RecordedCalls([.. others, .. running]);
    }

    /// <summary>Begins the calls again; disposing the result ends them.</summary>
    public IDisposable Repeat()
    {
        var repeated = new Repeated();
        try
        {
            foreach (var (model, snapshot) in _calls)
                repeated.Calls.Push(ModelCall.Repeat(model, snapshot));
            return repeated;
        }
        catch
        {
            repeated.Dispose();
            throw;
        }
    }

    private sealed class Repeated : IDisposable
    {
        public Stack<ModelCall> Calls { get; } = [];

        public void Dispose()
        {
            while (Calls.TryPop(out var call))
                call.Dispose();
        }
    }
}
