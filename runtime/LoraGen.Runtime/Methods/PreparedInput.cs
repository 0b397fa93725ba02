using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The input as an adapter's own parameters read it.</summary>
internal static class PreparedInput
{
    /// <summary>Returns the input in a type, with dropout in training mode; null if that is the input itself. Otherwise the caller disposes it.</summary>
    public static Tensor? Of(LayerCall call, Tensor input, ScalarType type, double dropout)
    {
        call.Site.EnsureSameDevice(input);
        var cast = input.dtype == type ? null : input.to(type);
        if (dropout == 0 || !call.IsTraining)
            return cast;

        var dropped = nn.functional.dropout(cast ?? input, dropout);
        cast?.Dispose();
        return dropped;
    }
}
