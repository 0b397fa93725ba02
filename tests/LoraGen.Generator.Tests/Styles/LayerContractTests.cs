namespace LoraGen.Generator.Tests.Styles;

/// <summary>Linear layers that are not TorchSharp's own.</summary>
[Collection(nameof(RunsTorch))]
public class LayerContractTests
{
    private const string Custom = """
        public class CustomLinear : Module<Tensor, Tensor>, ILinearLayer
        {
            private readonly Parameter weight;

            public CustomLinear(int inputs, int outputs) : base("CustomLinear")
            {
                weight = new Parameter(torch.randn(outputs, inputs));
                InFeatures = inputs;
                OutFeatures = outputs;
                RegisterComponents();
            }

            public long InFeatures { get; }

            public long OutFeatures { get; }

            public Tensor? Weight => weight;

            public override Tensor forward(Tensor x) => nn.functional.linear(x, weight);
        }

        """;

    [Fact]
    public void A_class_with_the_contract()
    {
        Style.Adapts(Custom + """
            [Lora(Rank = 2, Targets = ["fc", "open", "list.0"])]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly CustomLinear fc = new(4, 4);
                private readonly Module<Tensor, Tensor> open = new CustomLinear(4, 4);
                private readonly ModuleList<CustomLinear> list = new(new CustomLinear(4, 4), new CustomLinear(4, 4));

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => list[1].forward(list[0].forward(open.forward(fc.forward(x))));
            }
            """, "fc", "open", "list.0");
    }

    [Fact]
    public void A_declared_class_with_its_weight_in_a_buffer()
    {
        var outcome = TestProject.Project.Files("""
            [assembly: LinearLayer(typeof(BufferLinear), Weight = "weight", InFeatures = "_in", OutFeatures = "Out")]

            public class BufferLinear : Module<Tensor, Tensor>
            {
                private readonly int _in;
                protected Tensor weight;

                public BufferLinear(int inputs, int outputs) : base("BufferLinear")
                {
                    _in = inputs;
                    Out = outputs;
                    weight = torch.ones(outputs, inputs);
                    RegisterComponents();
                }

                private long Out { get; }

                public override Tensor forward(Tensor x) => nn.functional.linear(x, weight);
            }

            public class Derived(int inputs, int outputs) : BufferLinear(inputs, outputs);

            [Lora(Rank = 2, InitB = LoraInit.Gaussian)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly BufferLinear fc = new(4, 3);
                private readonly Derived second = new(3, 2);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => second.forward(fc.forward(x));
            }

            public static class Program
            {
                public static string Run()
                {
                    using var model = new Model();
                    var x = torch.randn(5, 4);
                    var plain = model.call(x);
                    using var lora = model.AttachLora();
                    var adapted = model.call(x);
                    lora.Merge();
                    var merged = model.call(x);
                    lora.Unmerge();
                    lora.Detach();
                    var detached = model.call(x);
                    return $"{lora.Fc.Path} {lora.Second.Path} {lora.ParameterCount} "
                        + $"changed {!adapted.allclose(plain)} merged {merged.allclose(adapted, 1e-4, 1e-5)} detached {detached.Equals(plain)}";
                }
            }
            """).Run();
        using var code = outcome.Load();

        Assert.Equal(
            "fc second trainable params: 24 || all params: 42 || trainable%: 57.1429 changed True merged True detached True",
            code.Type("Program").GetMethod("Run")!.Invoke(null, null));
    }

    [Fact]
    public void A_quantised_class_is_adapted_but_not_merged()
    {
        var outcome = TestProject.Project.Files("""
            [assembly: LinearLayer(typeof(QuantisedLinear), InFeatures = "inputs", OutFeatures = "outputs")]

            public class QuantisedLinear : Module<Tensor, Tensor>
            {
                private readonly int inputs;
                private readonly int outputs;
                private readonly Tensor bytes;

                public QuantisedLinear(int inputs, int outputs) : base("QuantisedLinear")
                {
                    this.inputs = inputs;
                    this.outputs = outputs;
                    bytes = torch.ones(outputs, inputs, dtype: torch.int8);
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => nn.functional.linear(x, bytes.to(x.dtype));
            }

            [Lora(Rank = 1, InitB = LoraInit.Gaussian)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly QuantisedLinear fc = new(4, 3);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }

            public static class Program
            {
                public static string Run()
                {
                    using var model = new Model();
                    var x = torch.randn(5, 4);
                    var plain = model.call(x);
                    using var lora = model.AttachLora();
                    var changed = !model.call(x).allclose(plain);
                    try
                    {
                        lora.Merge();
                        return "merged";
                    }
                    catch (InvalidOperationException error)
                    {
                        return $"{lora.ParameterCount.Total} {changed} {error.Message}";
                    }
                }
            }
            """).Run();
        using var code = outcome.Load();

        Assert.Equal(
            "19 True fc: the layer has no floating-point weight to merge into (it is quantised, or its weight is not accessible). Leave the adapter attached.",
            code.Type("Program").GetMethod("Run")!.Invoke(null, null));
    }
}
