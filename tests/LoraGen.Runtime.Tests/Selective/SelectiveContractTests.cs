namespace LoraGen.Runtime.Tests.Selective;

public sealed class FreezeContractTests : SelectiveContract
{
    internal override IReadOnlyList<string> Trained => ["layers.1.ln.weight", "layers.1.ln.bias", "layers.1.up.weight", "layers.1.up.bias"];

    internal override Adapter<Mixed> Attach(Mixed model) => model.AttachFreeze();

    internal override Adapter<Mixed> AttachFrom(Mixed model, string folder) => model.AttachFreezeFrom(folder);

    internal override ParameterCount Count() => MixedFreeze.Count();
}

public sealed class FullFineTuningContractTests : SelectiveContract
{
    internal override IReadOnlyList<string> Trained =>
    [
        "emb.weight", "layers.0.ln.weight", "layers.0.ln.bias", "layers.0.up.weight", "layers.0.up.bias", "layers.1.ln.weight", "layers.1.ln.bias",
        "layers.1.up.weight", "layers.1.up.bias", "across.weight", "across.bias", "across.running_mean", "across.running_var",
        "across.num_batches_tracked", "last.weight", "head.weight", "head.bias",
    ];

    internal override Adapter<Mixed> Attach(Mixed model) => model.AttachFullFineTuning();

    internal override Adapter<Mixed> AttachFrom(Mixed model, string folder) => model.AttachFullFineTuningFrom(folder);

    internal override ParameterCount Count() => MixedFullFineTuning.Count();
}

public sealed class BitFitContractTests : SelectiveContract
{
    internal override IReadOnlyList<string> Trained =>
        ["layers.0.ln.bias", "layers.0.up.bias", "layers.1.ln.bias", "layers.1.up.bias", "across.bias", "head.bias"];

    internal override Adapter<Mixed> Attach(Mixed model) => model.AttachBitFit();

    internal override Adapter<Mixed> AttachFrom(Mixed model, string folder) => model.AttachBitFitFrom(folder);

    internal override ParameterCount Count() => MixedBitFit.Count();
}

public sealed class LayerNormTuningContractTests : SelectiveContract
{
    internal override IReadOnlyList<string> Trained =>
    [
        "layers.0.ln.weight", "layers.0.ln.bias", "layers.1.ln.weight", "layers.1.ln.bias", "across.weight", "across.bias", "across.running_mean",
        "across.running_var", "across.num_batches_tracked", "last.weight",
    ];

    internal override Adapter<Mixed> Attach(Mixed model) => model.AttachLayerNormTuning();

    internal override Adapter<Mixed> AttachFrom(Mixed model, string folder) => model.AttachLayerNormTuningFrom(folder);

    internal override ParameterCount Count() => MixedLayerNormTuning.Count();
}
