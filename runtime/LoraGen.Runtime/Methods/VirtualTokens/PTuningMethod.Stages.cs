using LoraGen.Formats;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen;

/// <content>[encoder(E); embeddings], with a trained E and encoder.</content>
public sealed partial record PTuningMethod
{
    internal override PeftMethod Peft => new PTuningPeft(this);

    internal override Tensor Table(ParameterSet parameters, bool isTraining)
    {
        using var scope = NewDisposeScope();
        var embedding = parameters["Embedding"];
        var encoded = Encoder == PromptEncoder.Mlp
            ? parameters.Linear("mlp_head.4", functional.relu(parameters.Linear("mlp_head.2", functional.relu(parameters.Linear("mlp_head.0", embedding)))))
            : parameters.Linear("mlp_head.2", functional.relu(parameters.Linear("mlp_head.0", Lstm(parameters, embedding, isTraining))));
        return encoded.MoveToOuterDisposeScope();
    }

    internal override (long Width, long Layers) SizesOf(Module model) => (PromptContract.WidthOf(model, Label), 0);

    internal override long MaxPositions(Module model) => PromptContract.Of(model, Label).MaxPositions ?? long.MaxValue;

    private Tensor Lstm(ParameterSet parameters, Tensor input, bool isTraining)
    {
        for (var layer = 0; layer < EncoderLayers; layer++)
        {
            if (layer > 0 && EncoderDropout > 0 && isTraining)
                input = functional.dropout(input, EncoderDropout);
            input = cat([LstmCell.Run(parameters, layer, isReverse: false, input), LstmCell.Run(parameters, layer, isReverse: true, input)], 1);
        }

        return input;
    }
}
