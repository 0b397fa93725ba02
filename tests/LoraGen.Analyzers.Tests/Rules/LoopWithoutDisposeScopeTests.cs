namespace LoraGen.Analyzers.Tests.Rules;

public sealed class LoopWithoutDisposeScopeTests : FixableRuleTests
{
    protected override string Id => "LORA4014";

    protected override string Message =>
        "Every iteration leaves its tensors to the garbage collector, which doesn't see how large they are; begin the loop with using var scope = "
        + "NewDisposeScope();";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public static class Program
        {
            public static void Train(Linear model, optim.Optimizer optimizer, IEnumerable<(Tensor X, Tensor Y)> batches)
            {
                foreach (var (x, y) in batches)
                {
                    optimizer.zero_grad();
                    var loss = functional.mse_loss(model.forward(x), y);
                    {|LORA4014:loss.backward()|};
                    optimizer.step();
                }
            }
        }
        """,
        """
        using var net = new Net();
        using var lora = net.AttachLora();
        var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
        for (var step = 0; step < 1000; step++)
        {
            optimizer.zero_grad();
            {|LORA4014:net.call(randn(4, 64)).sum().backward()|};
            if (step % 2 == 0)
                optimizer.step();
        }
        """,
        // Gradients are accumulated; the scope that another loop has; a while.
        """
        public sealed class Trainer(Linear model, SGD optimizer)
        {
            public void Run(int steps)
            {
                while (steps-- > 0)
                {
                    for (var micro = 0; micro < 4; micro++)
                        {|LORA4014:model.forward(randn(1, 4)).sum().backward()|};
                    optimizer.step();
                }
            }

            public void Validate(int steps)
            {
                for (var i = 0; i < steps; i++)
                {
                    using var scope = NewDisposeScope();
                    model.forward(randn(1, 4)).sum().backward();
                    optimizer.step();
                }
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        public static class Program
        {
            public static void Train(Linear model, optim.Optimizer optimizer, IEnumerable<(Tensor X, Tensor Y)> batches)
            {
                foreach (var (x, y) in batches)
                {
                    using (NewDisposeScope())
                    {
                        optimizer.zero_grad();
                        functional.mse_loss(model.forward(x), y).backward();
                        optimizer.step();
                    }
                }
            }
        }
        """,
        // A scope around the loop.
        """
        public static class Program
        {
            public static void Train(Linear model, optim.Optimizer optimizer, IEnumerable<(Tensor X, Tensor Y)> batches)
            {
                using var scope = torch.NewDisposeScope();
                foreach (var (x, y) in batches)
                {
                    functional.mse_loss(model.forward(x), y).backward();
                    optimizer.step();
                    scope.DisposeEverything();
                }
            }
        }
        """,
        // Disposed by hand.
        """
        public static class Program
        {
            public static void Train(Linear model, optim.Optimizer optimizer, IEnumerable<(Tensor X, Tensor Y)> batches)
            {
                foreach (var (x, y) in batches)
                {
                    using var output = model.forward(x);
                    using var loss = functional.mse_loss(output, y);
                    loss.backward();
                    optimizer.step();
                }

                foreach (var (x, y) in batches)
                {
                    var loss = functional.mse_loss(model.forward(x), y);
                    loss.backward();
                    optimizer.step();
                    loss.Dispose();
                }
            }
        }
        """,
        // No loop, no step, another class's backward, a step in a lambda.
        """
        public static class Program
        {
            public static void Once(Linear model, optim.Optimizer optimizer, Tensor x)
            {
                model.forward(x).sum().backward();
                optimizer.step();
            }

            public static void Gradients(Linear model, IEnumerable<Tensor> batches)
            {
                foreach (var x in batches)
                    model.forward(x).sum().backward();
            }

            public static void Steps(Engine engine, optim.Optimizer optimizer)
            {
                for (var i = 0; i < 10; i++)
                {
                    engine.backward();
                    optimizer.step();
                }
            }

            public static IEnumerable<Action> Later(Linear model, optim.Optimizer optimizer, IEnumerable<Tensor> batches)
            {
                foreach (var x in batches)
                {
                    yield return () =>
                    {
                        model.forward(x).sum().backward();
                        optimizer.step();
                    };
                }
            }
        }

        public sealed class Engine
        {
            public void backward() { }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            public static class Program
            {
                public static void Train(Linear model, optim.Optimizer optimizer, IEnumerable<(Tensor X, Tensor Y)> batches)
                {
                    foreach (var (x, y) in batches)
                    {
                        optimizer.zero_grad();
                        var loss = functional.mse_loss(model.forward(x), y);
                        loss.backward();
                        optimizer.step();
                        Console.WriteLine(loss.item<float>());
                    }
                }
            }
            """,
            """
            public static class Program
            {
                public static void Train(Linear model, optim.Optimizer optimizer, IEnumerable<(Tensor X, Tensor Y)> batches)
                {
                    foreach (var (x, y) in batches)
                    {
                        using var scope = NewDisposeScope();
                        optimizer.zero_grad();
                        var loss = functional.mse_loss(model.forward(x), y);
                        loss.backward();
                        optimizer.step();
                        Console.WriteLine(loss.item<float>());
                    }
                }
            }
            """),
    ];
}
