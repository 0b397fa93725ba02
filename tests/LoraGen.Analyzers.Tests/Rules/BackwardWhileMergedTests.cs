namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BackwardWhileMergedTests : FixableRuleTests
{
    protected override string Id => "LORA4007";

    protected override string Message =>
        "lora is merged here, so model runs on frozen weights alone and backward() fails: no parameter takes part in the loss; call lora.Unmerge() before";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model, Tensor x, Tensor y)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                var output = model.call(x);
                var loss = functional.mse_loss(output, y);
                {|LORA4007:loss.backward()|};
            }
        }
        """,
        """
        using var net = new Net();
        using var adapter = net.AttachLora();
        var optimizer = optim.AdamW(adapter.Parameters());
        adapter.Merge();
        foreach (var (x, y) in new[] { (ones(1, 64), ones(1, 32)) })
        {
            using var scope = NewDisposeScope();
            {|LORA4007:functional.mse_loss(net.forward(x), y).backward()|};
            optimizer.step();
        }
        """,
        """
        sealed class Trainer(Net net, NetLora lora)
        {
            public void Step(Tensor x, Func<Tensor> target)
            {
                lora.Merge();
                if (x.shape[0] > 0)
                {
                    Tensor total = zeros(1);
                    total += Loss(net, x);
                    {|LORA4007:total.backward()|};
                }
            }

            private static Tensor Loss(Net net, Tensor x) => net.call(x).mean();
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Evaluated while merged, trained after.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                model.call(x);
                lora.Unmerge();
                model.call(x).sum().backward();
            }
        }
        """,
        // Merged at the end of each round, unmerged at the beginning of the next.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                for (var i = 0; i < 3; i++)
                {
                    if (i > 0)
                        lora.Unmerge();
                    model.call(x).sum().backward();
                    lora.Merge();
                }
            }
        }
        """,
        // Another adapter trains on top.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var german = model.AttachLora(name: "german");
                using var lora = model.AttachLora();
                german.Merge();
                var optimizer = optim.AdamW(lora.Parameters());
                model.call(x).sum().backward();
            }
        }
        """,
        // Another network trains against the merged model.
        """
        static class Program
        {
            static void Train(Net model, Linear critic, Tensor x)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                critic.call(model.call(x)).sum().backward();
            }
        }
        """,
        // Only if asked.
        """
        static class Program
        {
            static void Train(Net model, bool merge, Tensor x)
            {
                using var lora = model.AttachLora();
                if (merge)
                    lora.Merge();
                model.call(x).sum().backward();
            }
        }
        """,
        // Someone else may have unmerged it.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                Reset(lora);
                model.call(x).sum().backward();
            }

            static void Reset(NetLora lora) => lora.Unmerge();
        }
        """,
        // The gradient of the input alone, of no model at all.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                x.requires_grad_();
                x.sum().backward();
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
                    lora.Merge();
                    Console.WriteLine(model.call(x));
                    for (var i = 0; i < 10; i++)
                    {
                        var loss = model.call(x).sum();
                        loss.backward();
                    }
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model, Tensor x)
                {
                    using var lora = model.AttachLora();
                    lora.Merge();
                    Console.WriteLine(model.call(x));
                    lora.Unmerge();
                    for (var i = 0; i < 10; i++)
                    {
                        var loss = model.call(x).sum();
                        loss.backward();
                    }
                }
            }
            """),
        (
            """
            using var net = new Net();
            using var lora = net.AttachLora();
            lora.Merge();
            net.call(ones(1, 64)).mean().backward();
            """,
            """
            using var net = new Net();
            using var lora = net.AttachLora();
            lora.Merge();
            lora.Unmerge();
            net.call(ones(1, 64)).mean().backward();
            """),
    ];
}
