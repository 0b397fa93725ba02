using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen;

/// <summary>One direction of a layer of an LSTM, with PyTorch's weights: the gates are input, forget, cell and output.</summary>
internal static class LstmCell
{
    /// <param name="parameters">The parameters.</param>
    /// <param name="layer">The index of the layer.</param>
    /// <param name="isReverse">Whether it reads from the last row to the first.</param>
    /// <param name="input">[time, inputs].</param>
    /// <returns>The hidden states [time, size], in the order of the rows.</returns>
    public static Tensor Run(ParameterSet parameters, int layer, bool isReverse, Tensor input)
    {
        Tensor Of(string kind) => parameters[PTuningMethod.LstmName(kind, layer, isReverse)];

        var (recurrent, bias) = (Of("weight_hh"), Of("bias_hh"));
        var given = functional.linear(input, Of("weight_ih"), Of("bias_ih"));
        var time = (int)input.shape[0];
        var states = new Tensor[time];
        var hidden = zeros([1, recurrent.shape[1]], input.dtype, input.device);
        var cell = hidden;
        for (var step = 0; step < time; step++)
        {
            var row = isReverse ? time - 1 - step : step;
            var gates = (given.narrow(0, row, 1) + functional.linear(hidden, recurrent, bias)).chunk(4, 1);
            cell = (gates[1].sigmoid() * cell) + (gates[0].sigmoid() * gates[2].tanh());
            hidden = gates[3].sigmoid() * cell.tanh();
            states[row] = hidden;
        }

        return cat(states, 0);
    }
}
