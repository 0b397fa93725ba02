using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>BAdam computes what its paper says.</summary>
public sealed class BAdamFormulaTests
{
    private const double Rate = 0.05;

    [Theory]
    [InlineData(BAdamOrder.Ascending, 4, 0.0)]
    [InlineData(BAdamOrder.Descending, 3, 0.1)]
    [InlineData(BAdamOrder.Random, 5, 0.1)]
    [InlineData(BAdamOrder.Random, 1, 0.0)]
    public void It_is_the_papers_algorithm(BAdamOrder order, int interval, double decay)
    {
        using var model = new Matrices();
        var reference = new BAdamReference([.. model.parameters().Select(Matrix.Of)], [[0, 1], [2], [3]], interval, Rate, decay);
        using var optimizer = new BAdam(model, Rate, interval, order, seed: 3, [["a", "b"], ["c"], ["d"]], weightDecay: decay);
        for (var step = 0; step < 40; step++)
        {
            var block = optimizer.Blocks.ToList().IndexOf(optimizer.ActiveBlock);
            optimizer.zero_grad();
            model.call(ones(1)).backward();
            reference.Step(block, Matrices.Gradient);
            optimizer.step();
            foreach (var (expected, parameter) in reference.Parameters.Zip(model.parameters()))
                Expect.Close(expected.ToTensor(), parameter, 1e-11, $"Step {step}");
        }
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, 4e-3)]
    [InlineData(ScalarType.Float16, 5e-4)]
    public void Half_precision_keeps_small_changes(ScalarType type, double atol)
    {
        // Each step's change of 1e-4 is far below the spacing of the type at 1.
        using var layer = Linear(3, 3, hasBias: false, device: TestDevice.Device, dtype: type);
        init.ones_(layer.weight!);
        using var optimizer = new BAdam(layer, learningRate: 1e-4, interval: 1000);
        for (var step = 0; step < 300; step++)
        {
            layer.weight!.grad = ones_like(layer.weight!);
            optimizer.step();
        }

        Expect.Close(full_like(layer.weight!, 0.97), layer.weight!, atol);
    }

    [Fact]
    public void In_half_precision_a_weight_that_others_set_is_kept()
    {
        using var layer = Linear(2, 2, hasBias: false, device: TestDevice.Device, dtype: ScalarType.BFloat16);
        using var optimizer = new BAdam(layer, learningRate: 0.25, interval: 1000);
        layer.weight!.grad = ones_like(layer.weight!);
        optimizer.step();
        using (no_grad())
            layer.weight!.fill_(5);
        layer.weight!.grad = ones_like(layer.weight!);
        optimizer.step();
        Expect.Close(full_like(layer.weight!, 4.75), layer.weight!, 1e-6);
    }

    [Theory]
    [InlineData(BAdamOrder.Ascending)]
    [InlineData(BAdamOrder.Descending)]
    [InlineData(BAdamOrder.Random)]
    public void Each_pass_trains_each_block_for_the_interval(BAdamOrder order)
    {
        using var model = Make.Model(() => new Tower());
        using var optimizer = new BAdam(model, interval: 3, order: order, seed: 1);
        var count = optimizer.Blocks.Count;
        var passes = Enumerable.Range(0, 4).Select(_ => Pass()).ToArray();

        Assert.All(passes, pass => Assert.Equal(Enumerable.Range(0, count), pass.Order()));
        if (order == BAdamOrder.Random)
            Assert.True(passes.Distinct(new SequenceComparer()).Count() > 1);
        else
            Assert.All(passes, pass => Assert.Equal(order == BAdamOrder.Ascending ? Enumerable.Range(0, count) : Enumerable.Range(0, count).Reverse(), pass));

        int[] Pass()
        {
            var seen = new List<int>();
            for (var block = 0; block < count; block++)
            {
                var active = optimizer.ActiveBlock;
                seen.Add(optimizer.Blocks.ToList().IndexOf(active));
                for (var step = 0; step < 3; step++)
                {
                    Assert.Same(active, optimizer.ActiveBlock);
                    optimizer.step();
                }
            }

            return [.. seen];
        }
    }

    [Fact]
    public void A_seed_gives_one_order()
    {
        Assert.Equal(Order(5), Order(5));
        Assert.NotEqual(Order(5), Order(6));

        static string[] Order(int seed)
        {
            using var model = Make.Model(() => new Tower());
            using var optimizer = new BAdam(model, interval: 1, seed: seed);
            return [.. Enumerable.Range(0, 40).Select(_ =>
            {
                var name = optimizer.ActiveBlock.Name;
                optimizer.step();
                return name;
            })];
        }
    }

    private sealed class SequenceComparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(int[] obj) => obj.Length;
    }

    // The loss is ½·Σ‖P‖² + ½·(Σ of all elements)², so every gradient depends on every parameter.
    private sealed class Matrices : Module<Tensor, Tensor>
    {
        private readonly Parameter a = new(Make.Normal(1, 2, 3).to(ScalarType.Float64));
        private readonly Parameter b = new(Make.Normal(2, 3, 1).to(ScalarType.Float64));
        private readonly Parameter c = new(Make.Normal(3, 2, 2).to(ScalarType.Float64));
        private readonly Parameter d = new(Make.Normal(4, 1, 4).to(ScalarType.Float64));

        public Matrices()
            : base(nameof(Matrices))
        {
            RegisterComponents();
        }

        public static double[,] Gradient(IReadOnlyList<double[,]> parameters, int index)
        {
            var sum = parameters.Sum(parameter => parameter.Cast<double>().Sum());
            return parameters[index].Map(value => value + sum);
        }

        public override Tensor forward(Tensor input)
        {
            Tensor[] all = [a, b, c, d];
            var squares = all.Aggregate(zeros(1, ScalarType.Float64, TestDevice.Device), (sum, next) => sum + next.pow(2).sum());
            var sum = all.Aggregate(zeros(1, ScalarType.Float64, TestDevice.Device), (total, next) => total + next.sum());
            return ((squares / 2) + (sum.pow(2) / 2)).sum();
        }
    }
}
