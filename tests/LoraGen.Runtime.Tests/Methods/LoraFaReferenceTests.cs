using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>
/// LoRA-FA against its paper (arXiv:2308.03303) in float64, with the gradient of B by hand: ĝ = s⁻² · g · (A·Aᵀ)⁻¹ in AdamW, A as it starts, 24 steps.
/// </summary>
public sealed class LoraFaReferenceTests
{
    private const int Steps = 24;
    private const double Rate = 0.05;
    private const double Decay = 0.1;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Scaling = 3.0 / 2;

    [Fact]
    public void Each_step_is_the_papers()
    {
        using var model = Make.Model(() => new OneLayer("Linear"), dtype: ScalarType.Float64);
        var input = Make.Normal(3, 12, 6).to(ScalarType.Float64);
        var target = Make.Normal(4, 12, 5).to(ScalarType.Float64);
        using var lora = model.AttachLoraFa();
        var site = (LoraFaSite)lora.Sites.Single();
        var start = site.A.detach().clone();
        var (a, b) = (start, zeros(5, 2, dtype: ScalarType.Float64, device: TestDevice.Device));
        var (first, second) = (zeros_like(b), zeros_like(b));
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, Rate, Beta1, Beta2, weight_decay: Decay));
        for (var t = 1; t <= Steps; t++)
        {
            using (no_grad())
            {
                var (weight, bias) = (model.Layer.parameters().First(), model.Layer.parameters().Last());
                var output = nn.functional.linear(input, weight + (b.mm(a) * Scaling), bias);
                var ofWeight = ((output - target) * (2.0 / output.numel())).t().mm(input);
                var gradient = ofWeight.mm(a.t()) * Scaling;
                var projected = gradient.mm(Inverse(a.mm(a.t()))) / (Scaling * Scaling);
                first = (first * Beta1) + (projected * (1 - Beta1));
                second = (second * Beta2) + (projected.square() * (1 - Beta2));
                b = b * (1 - (Rate * Decay));
                b = b - (first / (1 - Math.Pow(Beta1, t)) / ((second / (1 - Math.Pow(Beta2, t))).sqrt() + 1e-8) * Rate);
            }

            optimizer.zero_grad();
            nn.functional.mse_loss(model.forward(input), target).backward();
            optimizer.step();
            Expect.Close(b, site.B, 1e-10, $"B after step {t}");
        }

        Expect.SameBits(start, site.A);
    }

    // Of a symmetric 2 × 2 matrix, by hand.
    private static Tensor Inverse(Tensor matrix)
    {
        var (a, b, d) = (matrix[0, 0].item<double>(), matrix[0, 1].item<double>(), matrix[1, 1].item<double>());
        var determinant = (a * d) - (b * b);
        return tensor(new[] { d / determinant, -b / determinant, -b / determinant, a / determinant }, device: TestDevice.Device).view(2, 2);
    }
}
