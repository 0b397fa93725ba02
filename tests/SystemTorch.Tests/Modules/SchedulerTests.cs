using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace SystemTorch.Tests.Modules;

public class SchedulerTests : IDisposable
{
    private readonly Optimizer _optimizer = SGD(new[] { nn.Parameter(ones(1)) }, 0.8);

    public void Dispose() => _optimizer.Dispose();

    private void Follows(lr_scheduler.LRScheduler scheduler, int epochs, Func<int, double> expected)
    {
        for (var epoch = 0; epoch <= epochs; epoch++)
        {
            Assert.Equal(expected(epoch), _optimizer.ParamGroups.Single().LearningRate, 1e-12);
            Assert.Equal(expected(epoch), scheduler.get_last_lr().Single(), 1e-12);
            scheduler.step();
        }
    }

    [Fact]
    public void StepLR_multiplies_every_so_often() => Follows(lr_scheduler.StepLR(_optimizer, 3, 0.5), 9, epoch => 0.8 * Math.Pow(0.5, epoch / 3));

    [Fact]
    public void LambdaLR_multiplies_the_first_rate() => Follows(lr_scheduler.LambdaLR(_optimizer, epoch => 1.0 / (1 + epoch)), 6, epoch => 0.8 / (1 + epoch));

    [Fact]
    public void CosineAnnealingLR_follows_the_cosine_down_and_up()
        => Follows(lr_scheduler.CosineAnnealingLR(_optimizer, 10, 0.1), 20, epoch => 0.1 + 0.7 * (1 + Math.Cos(Math.PI * epoch / 10)) / 2);

    [Fact]
    public void LinearLR_warms_up()
        => Follows(lr_scheduler.LinearLR(_optimizer, 0.25, 1, 4), 8, epoch => 0.8 * (0.25 + 0.75 * Math.Min(epoch, 4) / 4));

    [Fact]
    public void A_given_epoch_takes_the_closed_form()
    {
        var scheduler = lr_scheduler.CosineAnnealingLR(_optimizer, 10);
        scheduler.step(5);
        Assert.Equal(0.4, _optimizer.ParamGroups.Single().LearningRate, 1e-12);
    }
}
