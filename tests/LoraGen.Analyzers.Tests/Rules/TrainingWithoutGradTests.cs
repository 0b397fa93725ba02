namespace LoraGen.Analyzers.Tests.Rules;

public sealed class TrainingWithoutGradTests : FixableRuleTests
{
    protected override string Id => "LORA4006";

    protected override string Message =>
        "model is called under no_grad(), so nothing in the loss requires a gradient and backward() fails; call it outside of no_grad()";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model, Tensor x, Tensor y)
            {
                using var lora = model.AttachLora();
                using var _ = {|LORA4006:no_grad()|};
                var loss = functional.mse_loss(model.call(x), y);
                loss.backward();
            }
        }
        """,
        """
        using var net = new Net();
        using var lora = net.AttachLora();
        var optimizer = optim.AdamW(lora.Parameters());
        foreach (var x in new[] { ones(1, 64) })
        {
            Tensor output;
            using ({|LORA4006:torch.inference_mode()|})
            {
                output = net.forward(x);
            }

            var loss = output.sum();
            loss.backward();
            optimizer.step();
        }
        """,
        """
        sealed class Trainer(Net net, NetLora lora)
        {
            private readonly optim.Optimizer _optimizer = optim.AdamW(lora.Parameters());

            public void Step(Tensor x)
            {
                Tensor logits;
                using (var guard = {|LORA4006:set_grad_enabled(false)|})
                    logits = lora.BaseModel.call(x);
                var (loss, count) = (logits.mean(), 1);
                loss.backward();
                _optimizer.step();
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // The teacher alone is called without gradients.
        """
        static class Program
        {
            static void Train(Net model, Net teacher, Tensor x)
            {
                using var lora = model.AttachLora();
                Tensor target;
                using (no_grad())
                    target = teacher.call(x);
                var loss = functional.mse_loss(model.call(x), target);
                loss.backward();
            }
        }
        """,
        // The model itself, as its own reference.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                Tensor before;
                using (no_grad())
                {
                    lora.IsActive = false;
                    before = model.call(x);
                    lora.IsActive = true;
                }

                (model.call(x) - before).sum().backward();
            }
        }
        """,
        // Switched on again within.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                using var _ = no_grad();
                using (enable_grad())
                    model.call(x).sum().backward();
            }
        }
        """,
        // The scope ends before.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                using (no_grad())
                {
                    using var same = no_grad();
                    Console.WriteLine(model.call(x).sum().item<float>());
                }

                var loss = model.call(x).sum();
                loss.backward();
            }
        }
        """,
        // A head of one's own trains on frozen features.
        """
        static class Program
        {
            static void Train(Net model, Linear head, Tensor x)
            {
                using var lora = model.AttachLora();
                Tensor features;
                using (no_grad())
                    features = model.call(x);
                head.call(features).sum().backward();
            }
        }
        """,
        // So does a tensor.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                var shift = zeros(32, requires_grad: true);
                Tensor features;
                using (no_grad())
                    features = model.call(x);
                var moved = features + shift;
                moved.sum().backward();
            }
        }
        """,
        // Whether gradients are on, the caller says.
        """
        static class Program
        {
            static void Train(Net model, Tensor x, bool train)
            {
                using var lora = model.AttachLora();
                using var mode = set_grad_enabled(train);
                var loss = model.call(x).sum();
                if (train)
                    loss.backward();
            }
        }
        """,
        // A lambda that is called elsewhere.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                Func<Tensor> loss;
                using (no_grad())
                    loss = () => model.call(x).sum();
                loss().backward();
            }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            static class Program
            {
                static void Train(Net model, Tensor x)
                {
                    using var lora = model.AttachLora();
                    using var _ = no_grad();
                    var loss = model.call(x).sum();
                    loss.backward();
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model, Tensor x)
                {
                    using var lora = model.AttachLora();
                    var loss = model.call(x).sum();
                    loss.backward();
                }
            }
            """),
    ];
}
