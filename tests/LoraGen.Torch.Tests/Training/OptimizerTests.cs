using TorchSharp.Modules;

namespace LoraGen.Torch.Tests.Training;

public sealed class OptimizerTests
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;

    [Semantics("optim.AdamW", "Optimizer.step", "Optimizer.zero_grad", "Tensor.set_grad", "Tensor.get_grad", "Parameter.new")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void AdamW_decays_the_weights_and_steps_by_the_corrected_moments(ScalarType type)
    {
        foreach (var decay in new[] { 0.0, 0.1 })
        {
            var parameter = new Parameter(Numbers.Some(1, 2, 3).ToTensor(type));
            var expected = Numbers.Of(parameter);
            var (first, second) = (expected.Map(_ => 0), expected.Map(_ => 0));
            using var optimizer = optim.AdamW([parameter], lr: 0.05, weight_decay: decay);
            for (var step = 1; step <= 5; step++)
            {
                var gradient = Numbers.Some(10 + step, 2, 3);
                parameter.grad = gradient.ToTensor(type);
                optimizer.step();
                first = Numbers.Of([2, 3], i => (Beta1 * first[i]) + ((1 - Beta1) * gradient[i]));
                second = Numbers.Of([2, 3], i => (Beta2 * second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]));
                var before = expected;
                expected = Numbers.Of([2, 3], i => (before[i] * (1 - (0.05 * decay)))
                    - (0.05 * first[i] / (1 - Math.Pow(Beta1, step)) / (Math.Sqrt(second[i] / (1 - Math.Pow(Beta2, step))) + 1e-8)));
                ExpectNumbers.Close(expected, parameter);
            }

            optimizer.zero_grad();
            Assert.True(parameter.grad is null || Numbers.Of(parameter.grad).Values.All(value => value == 0));
        }
    }

    [Semantics("lr_scheduler.CosineAnnealingLR", "LRScheduler.step")]
    [Fact]
    public void Cosine_annealing_falls_by_half_a_cosine()
    {
        var parameter = new Parameter(ones(1));
        using var optimizer = optim.AdamW([parameter], lr: 0.05);
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, 8, eta_min: 0.01);
        for (var step = 0; step <= 8; step++)
        {
            Assert.Equal(0.01 + (0.04 * (1 + Math.Cos(Math.PI * step / 8)) / 2), optimizer.ParamGroups.Single().LearningRate, 1e-9);
            optimizer.step();
            schedule.step();
        }
    }

    [Semantics("utils.clip_grad_norm_")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Clipping_scales_all_gradients_to_the_norm_of_all(ScalarType type)
    {
        foreach (var most in new[] { 1.0, 100 })
        {
            Parameter[] parameters = [new(zeros([2, 3], type)), new(zeros([4], type)), new(zeros([1], type))];
            Numbers[] gradients = [Numbers.Some(1, 2, 3), Numbers.Some(2, 4)];
            foreach (var (parameter, gradient) in parameters.Zip(gradients))
                parameter.grad = gradient.ToTensor(type);
            var norm = Math.Sqrt(gradients.Sum(gradient => gradient.Values.Sum(value => value * value)));

            Assert.Equal(norm, nn.utils.clip_grad_norm_(parameters, most), 1e-5);
            var factor = Math.Min(1, most / (norm + 1e-6));
            foreach (var (parameter, gradient) in parameters.Zip(gradients))
                ExpectNumbers.Close(gradient.Map(value => value * factor), parameter.grad!);
            Assert.Null(parameters[2].grad);
        }
    }
}
