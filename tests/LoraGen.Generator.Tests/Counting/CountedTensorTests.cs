namespace LoraGen.Generator.Tests.Counting;

/// <summary>Tensors in constructors: buffers, which no count knows, parameters that are made of other tensors, and the first values of weights.</summary>
public sealed class CountedTensorTests
{
    private const string Members = """
        private Tensor table = torch.zeros(1);
        private readonly Parameter free;
        private int made;
        private static Tensor Frequencies(int width, double theta = 10000, Device? device = null)
        {
            var steps = torch.arange(0, width, 2).to(torch.float32);
            var inverse = 1.0 / torch.pow(theta, steps / width);
            return torch.outer(torch.arange(3).to(torch.float32), inverse);
        }
        private Tensor Mask(long size)
        {
            var mask = (torch.ones(new long[] { size, size }) == 1).triu().transpose(0, 1);
            for (var i = 0; i < size; i++)
                mask[i, 0] = true;
            return mask.to_type(ScalarType.Float32).masked_fill(mask == 0, float.NegativeInfinity);
        }
        private Tensor Both(int width) => Mask(width) * 2;
        private void InitWeights()
        {
            foreach (var (name, parameter) in named_parameters())
            {
                if (parameter.dim() > 1 && !name.Contains("norm"))
                    nn.init.xavier_uniform_(parameter);
            }
        }
        private static Tensor Weight() => Parameter(torch.ones(2, 3));
        private Tensor Counted() { made++; return torch.ones(2); }
        private Tensor Grown() { blocks.Add(new Block(2)); return torch.ones(2); }
        private Tensor Of(Config config) { config.Width++; return torch.ones(2); }
        private Tensor Own() => first.weight;
        private Tensor Free() => free;
        private Tensor Called() => Helper.Make();
        """;

    private const string Helpers = """

        internal static class Helper
        {
            public static Tensor Make() => new TorchSharp.Modules.Parameter(torch.ones(3));
        }
        """;

    [Theory]
    [InlineData("table = Frequencies(config.Width / 2, 500); second = Linear(2, 3);")]
    [InlineData("table = Mask(config.Width); second = Linear(2, 3);")]
    [InlineData("this.table = Both(config.Width).unsqueeze(0).to(torch.float64); second = Linear(2, 3);")]
    [InlineData("table = torch.triu(torch.full(new long[] { 4, 4 }, float.NegativeInfinity), diagonal: 1);")]
    [InlineData("table = 1.0f / torch.pow(10000, torch.arange(0, config.Width, 2) / config.Width);")]
    [InlineData("table = -torch.arange(4)[0];")]
    [InlineData("""
        var pe = torch.zeros(new long[] { 10, config.Width });
        var position = torch.arange(0, 10, 1).unsqueeze(1);
        var factors = (torch.arange(0, config.Width, 2) * (-Math.Log(10000.0) / config.Width)).exp();
        pe[TensorIndex.Ellipsis, TensorIndex.Slice(0, null, 2)] = (position * factors).sin();
        pe[TensorIndex.Ellipsis, TensorIndex.Slice(1, null, 2)] = (position * factors).cos();
        pe.mul_(2);
        if (config.IsDeep) pe = pe * 2;
        table = pe.unsqueeze(0).transpose(0, 1);
        register_buffer("pe", pe);
        """)]
    public void A_buffer_has_no_parameters(string body) => Agrees(body);

    [Theory]
    [InlineData("free = Parameter(torch.randn(1, config.Width + 1, 3) * 0.02);")]
    [InlineData("free = Parameter(0.5 + torch.ones(config.Width) / 2 - 1);")]
    [InlineData("free = Parameter(1e-6f * torch.ones(new long[] { 2, config.Width }));")]
    [InlineData("free = new Parameter(torch.empty(2, config.Width).normal_(0, 0.02), true);")]
    [InlineData("free = Parameter(nn.init.normal_(torch.empty(3, config.Width), std: 0.02));")]
    [InlineData("free = Parameter(torch.tensor(2.6592f));")]
    public void A_parameter_has_the_size_of_what_it_is_made_of(string body) => Agrees(body);

    [Theory]
    [InlineData("foreach (var m in modules()) { if (m is Linear linear) { nn.init.normal_(linear.weight, std: Math.Sqrt(2.0 / linear.in_features)); } }")]
    [InlineData("foreach (var p in this.parameters()) { using (no_grad()) { p.uniform_(-1, 1); } p.requires_grad = false; }")]
    [InlineData("InitWeights();")]
    [InlineData("if (torch.cuda.is_available()) this.to(CUDA);")]
    public void First_values_and_devices_change_no_size(string body) => Agrees("second = Linear(2, 3); RegisterComponents(); " + body);

    [Theory]
    [InlineData("table = Weight();", "Weight()")]
    [InlineData("table = Counted();", "Counted()")]
    [InlineData("table = Grown();", "Grown()")]
    [InlineData("table = Of(config);", "Of(config)")]
    [InlineData("table = Own();", "Own()")]
    [InlineData("table = Free();", "Free()")]
    [InlineData("table = Called();", "Called()")]
    [InlineData("table = Helper.Make();", "Helper.Make()")]
    [InlineData("table = torch.abs_(Weight());", "torch.abs_(Weight())")]
    [InlineData("var t = torch.ones(2); t = Weight(); table = t;", "t")]
    [InlineData("var t = torch.ones(2); if (config.IsDeep) t = Parameter(t); table = t;", "t")]
    [InlineData("foreach (var m in modules()) { if (m is Linear linear) linear.weight = Parameter(torch.ones(9, 9)); }", "modules()")]
    [InlineData("foreach (var p in parameters()) { size++; }", "parameters()")]
    [InlineData("foreach (var p in parameters()) { p.grad = null; }", "parameters()")]
    [InlineData("free = Parameter(torch.ones(3) * torch.ones(2, 3));", "torch.ones(3) * torch.ones(2, 3)")]
    public void Nothing_is_guessed(string body, string unknown) =>
        CountedModel.IsUncounted(Source(body), $"Model: {unknown} can't be told from the source");

    [Fact]
    public void A_device_leaves_the_count_constant() => CountedModel.AgreesByConstants("""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(3, 4);

            public Model(Device? device = null) : base("Model")
            {
                RegisterComponents();
                if (device is not null && device.type != DeviceType.CPU)
                    this.to(device);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """);

    private static void Agrees(string body) => CountedModel.Agrees(Source(body));

    private static string Source(string body)
    {
        var free = body.Contains("free =") ? "" : "free = Parameter(torch.ones(2)); ";
        return CountedModel.WithConstructor("Config config", free + "this.config = config; " + body, Members) + Helpers;
    }
}
