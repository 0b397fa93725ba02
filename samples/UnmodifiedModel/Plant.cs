using static TorchSharp.torch;

namespace UnmodifiedModel;

/// <summary>
/// A synthetic task: eight sensors determine in which of three states a machine is, by where the most energy is. The sensors of one plant are connected
/// in a different order than those of the next.
/// </summary>
internal sealed class Plant(params long[] wiring)
{
    private static readonly long[] StateOfSensor = [0, 0, 0, 1, 1, 1, 2, 2];

    public static int Sensors => StateOfSensor.Length;

    public static int States => 3;

    /// <summary>Readings [count, sensors] and the states [count] that go with them.</summary>
    public (Tensor Readings, Tensor States) Measure(int count)
    {
        var bySensor = randn(count, Sensors);
        var energyOfState = bySensor.square().matmul(nn.functional.one_hot(tensor(StateOfSensor), States).to(float32));
        return (bySensor.index_select(1, tensor(wiring)), energyOfState.argmax(1));
    }
}
