namespace LoraGen.Analyzers.Tests.Rules;

public sealed class EvalNotCalledTests : FixableRuleTests
{
    private const string Model = $$"""
        [Lora(Dropout = 0.1)]
        {{Models.CalledLinear}}

        """;

    protected override string Id => "LORA4008";

    protected override string Message =>
        "model is called under no_grad() in training mode, so the adapter's dropout of 0.1 still acts on this output; call model.eval() before";

    protected override IReadOnlyList<string> Fires =>
    [
        Model + """
        static class Program
        {
            static void Train(Model model, Tensor x)
            {
                using var lora = model.AttachLora();
                for (var epoch = 0; epoch < 3; epoch++)
                {
                    model.train();
                    model.call(x).sum().backward();
                    using (no_grad())
                        Console.WriteLine({|LORA4008:model.call(x)|}.sum().item<float>());
                }
            }
        }
        """,
        """
        using var net = new Linear4();
        using var lora = net.AttachLora();
        using var optimizer = optim.AdamW(lora.Parameters());
        foreach (var x in new[] { ones(1, 4) })
        {
            optimizer.zero_grad();
            net.call(x).sum().backward();
            optimizer.step();
        }

        using var guard = inference_mode();
        Console.WriteLine({|LORA4008:net.forward(ones(1, 4))|});

        [Lora(Dropout = 0.05)]
        public sealed class Linear4 : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Linear4() : base("Linear4") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        $$"""
        [assembly: Lora(typeof(Model), Dropout = 0.5)]

        {{Models.CalledLinear}}

        sealed class Trainer(Model model, ModelLora lora)
        {
            private readonly Model _model = model;

            public float Step(Tensor x)
            {
                _model.train(true);
                var optimizer = optim.SGD(lora.Parameters(), 0.1);
                _model.call(x).sum().backward();
                optimizer.step();
                using (no_grad())
                {
                    return {|LORA4008:_model.call(x)|}.sum().item<float>();
                }
            }
        }
        """,
        // Of several adapters that a base class may be, the lowest.
        $$"""
        [Lora(Dropout = 0.1)]
        [Oft(Dropout = 0.2)]
        {{Models.CalledLinear}}

        static class Program
        {
            static void Train(Model model, Adapter<Model> adapter, Tensor x)
            {
                using var optimizer = optim.AdamW(adapter.Parameters());
                model.train();
                model.call(x).sum().backward();
                optimizer.step();
                using (no_grad())
                    Console.WriteLine({|LORA4008:model.call(x)|}.sum().item<float>());
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // In the right mode.
        Model + """
        static class Program
        {
            static void Train(Model model, Tensor x)
            {
                using var lora = model.AttachLora();
                for (var epoch = 0; epoch < 3; epoch++)
                {
                    model.train();
                    model.call(x).sum().backward();
                    model.eval();
                    using (no_grad())
                        Console.WriteLine(model.call(x).sum().item<float>());
                }
            }
        }
        """,
        // No dropout.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                model.train();
                using var _ = no_grad();
                model.call(x);
            }
        }
        """,
        // The caller sets the mode.
        Model + """
        static class Program
        {
            static void Evaluate(Model model, ModelLora lora, Tensor x)
            {
                Console.WriteLine(lora.ParameterCount);
                using var _ = no_grad();
                model.call(x);
            }
        }
        """,
        // Another method gets the model, and may set it.
        Model + """
        static class Program
        {
            static void Train(Model model, Tensor x)
            {
                using var lora = model.AttachLora();
                model.train();
                Prepare(model);
                using var _ = no_grad();
                model.call(x);
            }

            static void Prepare(Model model) => model.eval();
        }
        """,
        // What the loss is compared with.
        Model + """
        static class Program
        {
            static void Train(Model model, Tensor x)
            {
                using var lora = model.AttachLora();
                model.train();
                Tensor target;
                using (no_grad())
                    target = model.call(x);
                (model.call(x) - target).sum().backward();
            }
        }
        """,
        // One branch trains, the other evaluates.
        Model + """
        static class Program
        {
            static void Run(Model model, ModelLora lora, Tensor x, bool train)
            {
                var optimizer = optim.AdamW(lora.Parameters());
                if (train)
                {
                    model.call(x).sum().backward();
                    optimizer.step();
                }
                else
                {
                    using var _ = no_grad();
                    model.call(x);
                }
            }
        }
        """,
        // A reference without the adapter.
        Model + """
        static class Program
        {
            static void Train(Model model, Tensor x)
            {
                using var lora = model.AttachLora();
                model.train();
                lora.IsActive = false;
                using var _ = no_grad();
                model.call(x);
            }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            Model + """
            static class Program
            {
                static void Train(Model model, Tensor x)
                {
                    using var lora = model.AttachLora();
                    model.train();
                    using (no_grad())
                    {
                        Console.WriteLine(model.call(x));
                    }
                }
            }
            """,
            Model + """
            static class Program
            {
                static void Train(Model model, Tensor x)
                {
                    using var lora = model.AttachLora();
                    model.train();
                    using (no_grad())
                    {
                        model.eval();
                        Console.WriteLine(model.call(x));
                    }
                }
            }
            """),
    ];
}
