using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen;

/// <summary>The layers of the networks that compute virtual tokens.</summary>
internal static class EncoderParameters
{
    private const double NoBound = 0;

    /// <summary>The output of the linear layer of that name.</summary>
    public static Tensor Linear(this ParameterSet parameters, string name, Tensor input)
    {
        return functional.linear(input, parameters[name + ".weight"], parameters[name + ".bias"]);
    }

    /// <summary>
    /// Sets the initial values that PyTorch's layers have: normal for an embedding, for the parameters of a linear layer uniform in ±1/√inputs, for those of an
    /// LSTM uniform in ±1/√size.
    /// </summary>
    public static void Start(this ParameterSet parameters)
    {
        var bound = NoBound;
        foreach (var (spec, parameter) in parameters.Specs.Zip(parameters.All))
        {
            if (spec.Name.StartsWith("lstm_head.", StringComparison.Ordinal))
                bound = 1 / Math.Sqrt(spec.Shape[0] / 4.0);
            else if (spec.Name.EndsWith(".weight", StringComparison.Ordinal))
                bound = 1 / Math.Sqrt(spec.Shape[1]);
            else if (!spec.Name.EndsWith(".bias", StringComparison.Ordinal))
                bound = NoBound;

            // A bias has the bound of its weight, which is declared before it.
            if (bound == NoBound)
                init.normal_(parameter);
            else
                init.uniform_(parameter, -bound, bound);
        }
    }
}
