namespace LoraGen.Analyzers.Tests.Rules;

public sealed class GaLoreOverAdapterTests : RuleTests
{
    protected override string Id => "LORA4016";

    protected override string Message => "GaLore saves memory for the whole weights of a model; the matrices of lora are small already: "
        + "pass lora.Parameters() to torch.optim.AdamW, or train the model without an adapter";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                using var optimizer = new GaLore({|LORA4016:lora.Parameters()|}, rank: 4);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(NetLora lora)
            {
                using var optimizer = new GaLore({|LORA4016:[new GaLoreGroup(lora.Parameters(), 4)]|}, learningRate: 1e-3);
            }
        }
        """,
        """
        using var net = new Net();
        var lora = net.AttachLora();
        optim.Optimizer optimizer;
        optimizer = new GaLore({|LORA4016:lora.Parameters().Where(parameter => parameter.shape.Length == 2)|}, 2);
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                using var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void TrainWhole(Net model, NetLora other)
            {
                var count = other.Parameters().Count;
                using var optimizer = new GaLore(model.parameters(), rank: 4);
            }
        }
        """,
        """
        static class Program
        {
            static void TrainDetached(Net model)
            {
                var lora = model.AttachLora();
                lora.Detach();
                using var optimizer = new GaLore([new GaLoreGroup(model.parameters(), 4)]);
            }
        }
        """,
        """
        sealed class GaLore(int count) : optim.Optimizer(0)
        {
            public static optim.Optimizer Of(NetLora lora) => new GaLore(lora.Parameters().Count);

            public int Count => count;
        }
        """,
    ];
}
