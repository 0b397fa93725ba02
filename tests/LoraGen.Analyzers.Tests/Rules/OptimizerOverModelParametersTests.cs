namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OptimizerOverModelParametersTests : FixableRuleTests
{
    protected override string Id => "LORA4001";

    protected override string Message => "The parameters of model are frozen since lora was attached, so this optimizer trains nothing; pass lora.Parameters()";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                var optimizer = optim.AdamW({|LORA4001:model.parameters()|}, lr: 1e-3);
            }
        }
        """,
        """
        using var model = new Net();
        using (var lora = model.AttachLora())
        {
            optim.Optimizer optimizer;
            optimizer = optim.SGD({|LORA4001:model.parameters().Where(p => p.requires_grad)|}, 1e-3);
        }
        """,
        """
        sealed class Trainer(Net net)
        {
            private NetLora? _lora;
            private optim.Optimizer? _optimizer;

            public void Begin()
            {
                _lora = net.AttachLora();
                if (_optimizer is null)
                    _optimizer = optim.Adam({|LORA4001:net.parameters()|}, 1e-3);
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // LORA4017 reports it.
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                using var optimizer = new BAdam(model);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model, Net teacher)
            {
                using var lora = model.AttachLora();
                var optimizer = optim.AdamW(teacher.parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model)
            {
                var lora = model.AttachLora();
                lora.Detach();
                var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model, bool full)
            {
                if (!full)
                {
                    using var lora = model.AttachLora();
                    return;
                }

                var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
            }
        }
        """,
        // Another object holds the adapter, whose members have the names of this class's.
        """
        sealed class Run
        {
            public NetLora? Lora { get; set; }

            public required NetLora Kept { get; init; }

            public static optim.Optimizer Whole(Net model)
            {
                var run = new Run { Kept = model.AttachLora() };
                run.Kept.Dispose();
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }

            public optim.Optimizer Again(Net model)
            {
                var run = new Run { Kept = null!, Lora = { IsActive = true } };
                var other = new Run { Kept = run.Kept, Lora = model.AttachLora() };
                other.Lora.Dispose();
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }
        }
        """,
        """
        sealed record Run(Net Model)
        {
            public NetLora? Lora { get; init; }

            public optim.Optimizer Whole(Net model)
            {
                var run = this with { Lora = model.AttachLora() };
                run.Lora.Detach();
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }
        }
        """,
        // What other code holds may be detached there.
        """
        sealed class Pool
        {
            private readonly Dictionary<string, NetLora> _byName = new();
            private NetLora? _first;

            public optim.Optimizer InDictionary(Net model)
            {
                var all = new Dictionary<string, NetLora> { ["first"] = model.AttachLora() };
                all["first"].Dispose();
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }

            public optim.Optimizer InList(Net model)
            {
                var lora = model.AttachLora();
                List<NetLora> all = [lora];
                all.ForEach(each => each.Dispose());
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }

            public optim.Optimizer InTuple(Net model)
            {
                (NetLora Lora, int Rank) pair = (model.AttachLora(), 8);
                pair.Lora.Dispose();
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }

            public optim.Optimizer InAnotherVariable(Net model)
            {
                var lora = model.AttachLora();
                var same = lora;
                same.Dispose();
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }

            public optim.Optimizer InALambda(Net model)
            {
                var lora = model.AttachLora();
                Action end = () => lora.Dispose();
                end();
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }

            public optim.Optimizer InAField(Net model)
            {
                _first = model.AttachLora();
                _byName["first"] = _first;
                End();
                return optim.AdamW(model.parameters(), lr: 1e-3);
            }

            private void End() => _first?.Dispose();
        }
        """,
        // The model is trained as a whole although it is adapted.
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                foreach (var parameter in model.parameters())
                    parameter.requires_grad = true;
                var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
            }

            static void TrainElsewhere(Net model)
            {
                using var lora = model.AttachLora();
                Unfreeze(model);
                var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
            }

            static void Unfreeze(Module module) => module.parameters().First().requires_grad = true;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            static class Program
            {
                static void Train(Net model)
                {
                    using var lora = model.AttachLora();
                    var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model)
                {
                    using var lora = model.AttachLora();
                    var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                }
            }
            """),
    ];
}
