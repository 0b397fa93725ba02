namespace LoraGen.Torch.Tests.Modules;

/// <summary>A module of one, two, three or four inputs that adds them up.</summary>
internal sealed class One() : nn.Module<Tensor, Tensor>(nameof(One))
{
    public override Tensor forward(Tensor a) => a.clone();
}

internal sealed class Two() : nn.Module<Tensor, Tensor, Tensor>(nameof(Two))
{
    public override Tensor forward(Tensor a, Tensor b) => a + b;
}

internal sealed class Three() : nn.Module<Tensor, Tensor, Tensor, Tensor>(nameof(Three))
{
    public override Tensor forward(Tensor a, Tensor b, Tensor c) => a + b + c;
}

internal sealed class Four() : nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor>(nameof(Four))
{
    public override Tensor forward(Tensor a, Tensor b, Tensor c, Tensor d) => a + b + c + d;
}
