// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Adapters.cs
[assembly: Adapter<Acme.Tools.Gate>(typeof(Acme.Net), Name = "night-shift", Targets = ["fc"])]
// file: Net.cs
namespace Acme;

public sealed class Net : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(16, 16);

    public Net(int width = 16) : base(nameof(Net)) => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}

public static class Tools
{
    internal sealed record Gate : AdapterMethod
    {
        protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Gate", [1], ".gate")];

        protected override void Start(Site site) => init.zeros_(site["Gate"]);

        protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * (1 + call.Site["Gate"]).tanh();
    }
}
