using LoraGen.Formats;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen;

/// <content>Keys [P_k; K] and values [P_v; V] in each layer, with a trained P.</content>
public sealed partial record PrefixTuningMethod
{
    internal override PeftMethod Peft => new PrefixTuningPeft(this);

    internal override void StartAdapter(Module model, ParameterSet parameters)
    {
        base.StartAdapter(model, parameters);
        if (!StartAtZero)
            return;

        foreach (var name in Projection ? ["transform.2.weight", "transform.2.bias"] : new[] { "Prefix" })
            init.zeros_(parameters[name]);
    }

    internal override Tensor Table(ParameterSet parameters, bool isTraining)
    {
        if (!Projection)
            return base.Table(parameters, isTraining);

        using var scope = NewDisposeScope();
        return parameters.Linear("transform.2", parameters.Linear("transform.0", parameters["Embedding"]).tanh()).MoveToOuterDisposeScope();
    }

    internal override Tensor Prefix(Module model, ParameterSet parameters, bool isTraining)
    {
        var contract = PromptContract.PrefixOf(model, Label);
        var table = Table(parameters, isTraining);
        return table.view(Tokens, 2 * contract.AttentionLayers, contract.KeyValueHeads, contract.HeadSize).permute(1, 2, 0, 3);
    }

    internal override (long Width, long Layers) SizesOf(Module model) => PromptContract.PrefixSizesOf(model, Label);

    internal override long MaxPositions(Module model) => PromptContract.PrefixOf(model, Label).MaxPositions ?? long.MaxValue;
}
