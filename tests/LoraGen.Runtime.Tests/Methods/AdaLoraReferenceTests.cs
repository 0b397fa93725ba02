using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>
/// AdaLoRA against Algorithm 1 of arXiv:2303.10512 in float64, with gradients by hand: a Linear, the squared error, gradient descent, and an interval of 3.
/// </summary>
public sealed class AdaLoraReferenceTests
{
    private const int Rank = 3;
    private const int Target = 1;
    private const int Steps = 24;
    private const int Warm = 4;
    private const int Final = 5;
    private const int Interval = 3;
    private const double Beta = 0.85;
    private const double Rate = 0.5;

    private readonly OneLayer _model = Make.Model(() => new OneLayer("Linear"), dtype: ScalarType.Float64);
    private readonly Tensor _input = Make.Normal(3, 12, 6).to(ScalarType.Float64);
    private readonly Tensor _target = Make.Normal(4, 12, 5).to(ScalarType.Float64);

    [Fact]
    public void Each_step_is_the_papers()
    {
        using var lora = LoraContractTests.Shaken(_model.AttachShortAdaLora());
        var site = (AdaLoraSite)lora.Sites.Single();
        using var optimizer = lora.Optimizer(parameters => optim.SGD(parameters, Rate));
        var (a, b, e) = (site.A.detach().clone(), site.B.detach().clone(), site.E.detach().clone());
        var ranks = new List<int>();
        var (sensitivity, uncertainty) = (Zeros(), Zeros());
        var mask = ones(Rank, 1, dtype: ScalarType.Float64, device: TestDevice.Device);
        for (var t = 0; t < Steps; t++)
        {
            using (no_grad())
            {
                // The gradients of mean((y - target)²) with y = x·Wᵀ + bias + s·x·(P Λ)ᵀ, P = B, Λ = diag(E), Q = A.
                var scale = (double)Rank / (Rank + 1e-5);
                var output = nn.functional.linear(_input, _model.Layer.parameters().First(), _model.Layer.parameters().Last())
                    + (_input.mm((b.mm(e * a)).t()) * scale);
                var ofWeight = ((output - _target) * (2.0 / output.numel())).t().mm(_input) * scale;
                Tensor[] gradients = [(e * b.t()).mm(ofWeight), ofWeight.mm((e * a).t()), b.t().mm(ofWeight).mul(a).sum([1L], keepdim: true)];
                Tensor[] values = [a, b, e];
                for (var i = 0; i < 3; i++)
                    values[i] = values[i] - (gradients[i] * Rate);

                if (t < Steps - Final)
                {
                    for (var i = 0; i < 3; i++)
                    {
                        var now = (values[i] * gradients[i]).abs();
                        sensitivity[i] = (sensitivity[i] * Beta) + (now * (1 - Beta));
                        uncertainty[i] = (uncertainty[i] * Beta) + ((now - sensitivity[i]).abs() * (1 - Beta));
                    }
                }

                (a, b, e) = (values[0], values[1], values[2]);
                if (t == Steps - Final || (t > Warm && t < Steps - Final && t % Interval == 0))
                    mask = Mask(Budget(t), sensitivity, uncertainty);
                if (t >= Steps - Final || (t > Warm && t % Interval == 0))
                    e = e * mask;
            }

            Step(optimizer);
            Expect.Close(a, site.A, 1e-12, $"A after step {t}");
            Expect.Close(b, site.B, 1e-12, $"B after step {t}");
            Expect.Close(e, site.E, 1e-12, $"E after step {t}");
            ranks.Add(site.Rank);
        }

        Assert.Equal([3, 3, 3, 3, 3, 3, 2, 2, 2, 1], ranks.Take(10));
        Assert.Equal(Target, ranks[^1]);
    }

    private void Step(optim.Optimizer optimizer)
    {
        optimizer.zero_grad();
        nn.functional.mse_loss(_model.forward(_input), _target).backward();
        optimizer.step();
    }

    private static int Budget(int t)
    {
        if (t >= Steps - Final)
            return Target;

        var left = 1 - ((double)(t - Warm) / (Steps - Final - Warm));
        return (int)(Target + ((Rank - Target) * left * left * left));
    }

    // The triplets with the highest scores: s(λ) + the means of s(P) and s(Q).
    private static Tensor Mask(int budget, Tensor[] sensitivity, Tensor[] uncertainty)
    {
        var scores = Enumerable.Range(0, 3).Select(i => sensitivity[i] * uncertainty[i]).ToArray();
        var all = Enumerable.Range(0, Rank)
            .Select(i => scores[2][i].item<double>() + scores[0][i].mean().item<double>() + scores[1].t()[i].mean().item<double>())
            .ToArray();
        var kept = all.OrderDescending().Take(budget).ToHashSet();
        return tensor(all.Select(score => kept.Contains(score) ? 1.0 : 0).ToArray(), device: TestDevice.Device).view(-1, 1);
    }

    private static Tensor[] Zeros()
    {
        return [.. new long[][] { [Rank, 6], [5, Rank], [Rank, 1] }.Select(shape => zeros(shape, dtype: ScalarType.Float64, device: TestDevice.Device))];
    }
}
