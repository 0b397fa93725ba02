#nullable disable
namespace TorchSharp.Modules;

/// <summary>One step of Adam or AdamW for one parameter, in place; what is made on the way the caller's dispose scope frees.</summary>
internal readonly struct AdamRule(double lr, double beta1, double beta2, double eps, double weightDecay, bool decoupled)
{
    public static void Check(double lr, double beta1, double beta2, double eps, double weightDecay)
    {
        if (lr < 0)
            throw new ArgumentException($"Invalid learning rate: {lr}");
        if (eps < 0)
            throw new ArgumentException($"Invalid ε: {eps}");
        if (beta1 is < 0 or >= 1)
            throw new ArgumentException($"Invalid beta1: {beta1}");
        if (beta2 is < 0 or >= 1)
            throw new ArgumentException($"Invalid beta2: {beta2}");
        if (weightDecay < 0)
            throw new ArgumentException($"Invalid weight_decay value: {weightDecay}");
    }

    public void Apply(
        Parameter parameter, torch.Tensor grad, bool maximize, long step, torch.Tensor average, torch.Tensor square, torch.Tensor greatestSquare)
    {
        if (maximize)
            grad = -grad;

        if (weightDecay != 0 && decoupled)
            parameter.mul_(1 - lr * weightDecay);
        else if (weightDecay != 0)
            grad = grad.add(parameter, alpha: weightDecay);

        average.mul_(beta1).add_(grad, alpha: 1 - beta1);
        square.mul_(beta2).addcmul_(grad, grad, value: 1 - beta2);

        if (greatestSquare is not null)
        {
            var greatest = torch.maximum(greatestSquare, square);
            greatestSquare.copy_(greatest);
            square = greatestSquare;
        }

        var denominator = square.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(eps);
        parameter.addcdiv_(average, denominator, value: -lr / (1 - Math.Pow(beta1, step)));
    }
}
