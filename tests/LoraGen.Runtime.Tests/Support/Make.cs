using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>Seeded models and tensors on the test device. The numbers are drawn on the CPU, so they are the same on every device.</summary>
internal static class Make
{
    public static T Model<T>(Func<T> create, int seed = 1, ScalarType dtype = ScalarType.Float32)
        where T : nn.Module
    {
        random.manual_seed(seed);
        return create().to(TestDevice.Device, dtype);
    }

    public static Tensor Normal(int seed, params long[] shape)
    {
        random.manual_seed(seed);
        return randn(shape).to(TestDevice.Device);
    }

    /// <summary>The optimizer of an adapter, which the adapter creates if its method acts on the steps.</summary>
    public static optim.Optimizer Optimizer(AdapterBase adapter, Func<IReadOnlyList<Parameter>, optim.Optimizer> create)
    {
        return adapter is IOptimizerSource own ? own.Optimizer(create) : create(((IParameterSource)adapter).Parameters());
    }

    /// <summary>Gives A and B numbers of the size that training gives them: as attached, B is zero and hides mistakes.</summary>
    public static T Trained<T>(T adapter, int seed = 7)
        where T : Adapter
    {
        using var noGrad = no_grad();
        foreach (var parameter in adapter.TrainedParameters())
            parameter.copy_(Normal(seed++, parameter.shape).mul(0.3));
        return adapter;
    }
}
