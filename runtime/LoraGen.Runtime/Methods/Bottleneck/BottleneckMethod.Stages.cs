using LoraGen.Layers;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>h ← h + s · (U·σ(D·dropout(x) + d) + u), where x is the module's output h, or its input.</content>
public sealed partial record BottleneckMethod
{
    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        var bottleneck = (BottleneckSite)site;
        LoraInitializer.Fill(bottleneck.Down, LoraInit.KaimingUniform, 1);
        nn.init.zeros_(bottleneck.DownBias);
        nn.init.zeros_(bottleneck.Up);
        nn.init.zeros_(bottleneck.UpBias);
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (BottleneckSite)call.Site;
        using var scope = NewDisposeScope();
        var read = Parallel ? input : output;
        site.EnsureSameDevice(read);
        EnsureWidth(site, Parallel ? "input" : "output", read, site.Down.shape[1]);
        EnsureWidth(site, "output", output, site.Up.shape[0]);
        var x = read.to(site.Down.dtype);
        if (Dropout > 0 && call.IsTraining)
            x = nn.functional.dropout(x, Dropout);
        var change = nn.functional.linear(Activate(nn.functional.linear(x, site.Down, site.DownBias)), site.Up, site.UpBias);
        return output.add(change.to(output.dtype), alpha: Scale).MoveToOuterDisposeScope();
    }

    internal override BaseLayer? LayerOf(string path, nn.Module module)
    {
        return module is nn.Module<Tensor, Tensor> any ? new ModuleLayer(any, ModuleWidth.Of(path, any, WidthOf) ?? 0) : null;
    }

    internal override string RefusalOf(nn.Module module)
    {
        return module is IEnumerable<nn.Module>
            ? $"After names a {module.GetName()}, which is not called itself. Name its items (\"*\" for each) or modules in them"
            : $"a bottleneck adapter acts on a Module<Tensor, Tensor>, but the forward of the {module.GetName()} has other inputs or results. Name the module "
                + "in it that computes its output, such as the last projection";
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype)
    {
        return facts.Outputs > 0
            ? new BottleneckSite(facts, layer, this, dtype)
            : throw new InvalidOperationException(
                $"{facts.Path}: the width of the {facts.Name} is not known, because no Linear, Embedding or LayerNorm is registered in it"
                + $"{(WidthOf.Count == 0 ? string.Empty : $" that WidthOf ({string.Join(", ", WidthOf)}) names")}. Name a layer in it by WidthOf, or put the "
                + "adapter after a module that has one.");
    }

    private static void EnsureWidth(BottleneckSite site, string what, Tensor tensor, long expected)
    {
        if (tensor.dim() == 0 || tensor.shape[^1] != expected)
        {
            throw new InvalidOperationException(
                $"{site.Path}: the {what} of the {site.Facts.Name} has the shape [{string.Join(", ", tensor.shape)}], but the adapter has the width "
                + $"{expected}, which is that of the last layer registered in the module. Name the layer that has the width by WidthOf.");
        }
    }

    private Tensor Activate(Tensor x)
    {
        return Activation switch
        {
            BottleneckActivation.Gelu => nn.functional.gelu(x),
            BottleneckActivation.Silu => nn.functional.silu(x),
            BottleneckActivation.Tanh => x.tanh(),
            _ => x.relu(),
        };
    }
}
