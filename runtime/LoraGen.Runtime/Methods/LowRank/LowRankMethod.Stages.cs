using static TorchSharp.torch;

namespace LoraGen;

/// <content>The computations that the low-rank methods have in common.</content>
public abstract partial record LowRankMethod
{
    internal override bool IsReparametrized => Reparametrize;

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        var low = (LowRankSite)site;
        if (low.Layer.Facts.Kind == LayerKind.Embedding)
        {
            // As in PEFT, because a lookup has no fan-in.
            nn.init.zeros_(low.A);
            nn.init.normal_(low.B);
            return;
        }

        if (InitA == LoraInit.Orthogonal)
        {
            OrthogonalStart.Fill(low.A, low.B, low.Layer.Facts.Groups);
            return;
        }

        LoraInitializer.Fill(low.A, InitA, Rank);
        LoraInitializer.Fill(low.B, InitB, Rank);
    }

    /// <summary>Returns the input in the type of A, with dropout in training mode; null if that is the input itself.</summary>
    private protected Tensor? Prepared(LayerCall call, LowRankSite site, Tensor input)
    {
        if (call.Layer.Facts.Kind != LayerKind.Embedding)
            return PreparedInput.Of(call, input, site.A.dtype, Dropout);

        site.EnsureSameDevice(input);
        return null;
    }

    private protected bool Drops(LayerCall call) => Dropout > 0 && call.IsTraining && call.Layer.Facts.Kind != LayerKind.Embedding;
}
