using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Meta;

/// <summary>Builds models on the META device by their own constructors: all shapes, but no memory.</summary>
internal static class MetaModel
{
    // TorchSharp's default device belongs to the process.
    private static readonly object Gate = new();

    /// <summary>Builds a model, uses it, and restores everything. Concurrent calls run one after another.</summary>
    /// <exception cref="InvalidOperationException">The model can't be built without weights; the message names the place.</exception>
    public static TResult Use<TModel, TResult>(Func<TModel> build, Func<TModel, TResult> use)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(build);
        lock (Gate)
        {
            using var device = new MetaDevice();
            using var scope = NewDisposeScope();
            var model = Build(build);
            try
            {
                return use(model);
            }
            finally
            {
                Free(model);
            }
        }
    }

    private static TModel Build<TModel>(Func<TModel> build)
        where TModel : nn.Module
    {
        try
        {
            return WithoutWeights.Build(build, "Attach the adapter to a model and read its ParameterCount.", out _);
        }
        catch
        {
            // Nothing references what the constructor has created so far.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            throw;
        }
    }

    // Tensors that are not on META existed before, such as those of a module that the caller passes to the constructor.
    private static void Free(nn.Module model)
    {
        foreach (var tensor in model.parameters().Concat(model.buffers()).Where(tensor => tensor.device_type == DeviceType.META))
            tensor.Dispose();
    }
}
