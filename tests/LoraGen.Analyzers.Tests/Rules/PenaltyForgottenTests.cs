namespace LoraGen.Analyzers.Tests.Rules;

public sealed class PenaltyForgottenTests : FixableRuleTests
{
    protected override string Id => "LORA4018";

    protected override string Message =>
        "The loss lacks ada.Penalty(), without which the factors of AdaLoRA don't stay orthogonal and the wrong ranks are taken away; add it to the loss";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [AdaLora(TotalSteps = 100)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachAdaLora();
                using var optimizer = ada.Optimizer(parameters => optim.AdamW(parameters));
                var loss = model.call(x).sum();
                {|LORA4018:loss|}.backward();
                optimizer.step();
            }
        }
        """,
        """
        [AdaLora(TotalSteps = 100)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachAdaLora();
                using var optimizer = ada.Optimizer(parameters => optim.AdamW(parameters));
                for (var i = 0; i < 100; i++)
                {
                    {|LORA4018:model.call(x).sum()|}.backward();
                    optimizer.step();
                }
            }
        }
        """,
        """
        [assembly: AdaLora(typeof(Small), Name = "style", TotalSteps = 100)]

        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachStyleAdaLora();
                Console.WriteLine(ada.ParameterCount);
                var optimizer = ada.Optimizer(static parameters => optim.SGD(parameters, 0.1));
                var output = model.call(x);
                {|LORA4018:functional.mse_loss(output, x)|}.backward();
                optimizer.step();
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [AdaLora(TotalSteps = 100)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachAdaLora();
                using var optimizer = ada.Optimizer(parameters => optim.AdamW(parameters));
                var loss = model.call(x).sum() + ada.Penalty()!;
                loss.backward();
                optimizer.step();
            }
        }
        """,
        """
        [AdaLora(TotalSteps = 100)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachAdaLora();
                using var optimizer = ada.Optimizer(parameters => optim.AdamW(parameters));
                Loss(model, ada, x).backward();
                optimizer.step();
                
                static Tensor Loss(Small small, SmallAdaLora adapter, Tensor input) => small.call(input).sum() + adapter.Penalty()!;
            }
        }
        """,
        """
        [AdaLora(TotalSteps = 100, OrthogonalWeight = 0)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachAdaLora();
                using var optimizer = ada.Optimizer(parameters => optim.AdamW(parameters));
                model.call(x).sum().backward();
                optimizer.step();
            }
        }
        """,
        """
        [AdaLora(TotalSteps = 100)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachAdaLora();
                model.call(x).sum().backward();
            }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
        """
        [AdaLora(TotalSteps = 100)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachAdaLora();
                using var optimizer = ada.Optimizer(parameters => optim.AdamW(parameters));
                var loss = model.call(x).sum();
                loss.backward();
                optimizer.step();
            }
        }
        """,
        """
        [AdaLora(TotalSteps = 100)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Tensor x)
            {
                using var ada = model.AttachAdaLora();
                using var optimizer = ada.Optimizer(parameters => optim.AdamW(parameters));
                var loss = model.call(x).sum();
                (loss + ada.Penalty()!).backward();
                optimizer.step();
            }
        }
        """),
    ];
}
