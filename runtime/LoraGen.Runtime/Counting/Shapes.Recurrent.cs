using System.Globalization;

namespace LoraGen;

/// <content>Recurrent layers and cells: for each layer k and direction weight_ih_lk, weight_hh_lk, bias_ih_lk and bias_hh_lk, the other way with _reverse after it.</content>
public static partial class Shapes
{
    /// <summary>
    /// weight_ih [hiddenSize, inputSize], from the second layer on [hiddenSize, hiddenSize * directions], weight_hh [hiddenSize, hiddenSize],
    /// both biases [hiddenSize].
    /// </summary>
    public static ModuleShape RNN(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool bidirectional = false)
    {
        return Recurrent(1, inputSize, hiddenSize, numLayers, bias, bidirectional);
    }

    /// <summary>
    /// weight_ih [4 * hiddenSize, inputSize], from the second layer on [4 * hiddenSize, hiddenSize * directions], weight_hh [4 * hiddenSize, hiddenSize],
    /// both biases [4 * hiddenSize].
    /// </summary>
    public static ModuleShape LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool bidirectional = false)
    {
        return Recurrent(4, inputSize, hiddenSize, numLayers, bias, bidirectional);
    }

    /// <summary>
    /// weight_ih [3 * hiddenSize, inputSize], from the second layer on [3 * hiddenSize, hiddenSize * directions], weight_hh [3 * hiddenSize, hiddenSize],
    /// both biases [3 * hiddenSize].
    /// </summary>
    public static ModuleShape GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool bidirectional = false)
    {
        return Recurrent(3, inputSize, hiddenSize, numLayers, bias, bidirectional);
    }

    /// <summary>weight_ih [hiddenSize, inputSize], weight_hh [hiddenSize, hiddenSize], bias_ih and bias_hh [hiddenSize].</summary>
    public static ModuleShape RNNCell(long inputSize, long hiddenSize, bool bias = true)
    {
        return Cell(new ModuleShape(), "", 1, inputSize, hiddenSize, bias);
    }

    /// <summary>weight_ih [4 * hiddenSize, inputSize], weight_hh [4 * hiddenSize, hiddenSize], bias_ih and bias_hh [4 * hiddenSize].</summary>
    public static ModuleShape LSTMCell(long inputSize, long hiddenSize, bool bias = true)
    {
        return Cell(new ModuleShape(), "", 4, inputSize, hiddenSize, bias);
    }

    /// <summary>weight_ih [3 * hiddenSize, inputSize], weight_hh [3 * hiddenSize, hiddenSize], bias_ih and bias_hh [3 * hiddenSize].</summary>
    public static ModuleShape GRUCell(long inputSize, long hiddenSize, bool bias = true)
    {
        return Cell(new ModuleShape(), "", 3, inputSize, hiddenSize, bias);
    }

    private static ModuleShape Recurrent(int gates, long inputSize, long hiddenSize, long numLayers, bool hasBias, bool isBidirectional)
    {
        var shape = new ModuleShape();
        string[] directions = isBidirectional ? ["", "_reverse"] : [""];
        for (var layer = 0L; layer < numLayers; layer++)
        {
            var input = layer == 0 ? inputSize : checked(hiddenSize * directions.Length);
            foreach (var direction in directions)
                Cell(shape, $"_l{layer.ToString(CultureInfo.InvariantCulture)}{direction}", gates, input, hiddenSize, hasBias);
        }

        return shape;
    }

    private static ModuleShape Cell(ModuleShape shape, string suffix, int gates, long inputSize, long hiddenSize, bool hasBias)
    {
        var outputs = checked(gates * hiddenSize);
        shape.RegisterParameter("weight_ih" + suffix, new ParameterShape(outputs, inputSize));
        shape.RegisterParameter("weight_hh" + suffix, new ParameterShape(outputs, hiddenSize));
        if (!hasBias)
            return shape;

        shape.RegisterParameter("bias_ih" + suffix, new ParameterShape(outputs));
        shape.RegisterParameter("bias_hh" + suffix, new ParameterShape(outputs));
        return shape;
    }
}
