using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>The number of AdaLoRA's steps that a program sets when it runs.</summary>
public sealed class AdaLoraScheduleTests : IDisposable
{
    private readonly Toy _model = Make.Model(() => new Toy());
    private readonly Tensor _input = Make.Normal(3, 2, 5, 32);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(6, 1, 1)]
    [InlineData(25, 4, 6)]
    public void Ranks_are_taken_away_over_the_steps_that_are_set(long total, long initial, long final)
    {
        using var lora = _model.AttachTrainedAdaLora();
        lora.SetTotalSteps(total);
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 0.02));
        var (all, target) = (4 * 6, 4 * 3);
        for (var step = 0; step < total; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (_model.forward(_input).pow(2).mean() + lora.Penalty()!).backward();
            optimizer.step();

            var left = 1 - (double)(step - initial) / (total - final - initial);
            var budget = step <= initial ? all : step >= total - final ? target : (int)((all - target) * Math.Pow(left, 3) + target);
            Assert.Equal(budget, lora.Sites.Cast<AdaLoraSite>().Sum(site => site.Rank));
        }
    }

    [Fact]
    public void The_files_have_the_steps_that_were_set()
    {
        using var folder = new TemporaryFolder();
        using (var lora = _model.AttachTrainedAdaLora())
        {
            lora.SetTotalSteps(1200);
            lora.Save(folder.Path);
        }

        var config = File.ReadAllText(Path.Combine(folder.Path, "trained", "adapter_config.json"));
        Assert.Contains("\"total_step\": 1200", config, StringComparison.Ordinal);
        Assert.Contains("\"tinit\": 200", config, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_refused_beside_an_optimizer()
    {
        using var lora = _model.AttachTrainedAdaLora();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters));
        var error = Assert.Throws<InvalidOperationException>(() => lora.SetTotalSteps(7));
        Assert.StartsWith("Adapter \"trained\" has an optimizer", error.Message, StringComparison.Ordinal);
        Assert.Equal(12, ((AdaLoraMethod)lora.Sites[0].Method).TotalSteps);
    }

    [Fact]
    public void Other_adapters_and_numbers_are_refused()
    {
        using var lora = _model.AttachLoraFa();
        Assert.Contains("its method is LoRA-FA, expected AdaLoRA", Assert.Throws<ArgumentException>(() => lora.SetTotalSteps(7)).Message, StringComparison.Ordinal);
        using var ada = _model.AttachTrainedAdaLora();
        Assert.Throws<ArgumentOutOfRangeException>(() => ada.SetTotalSteps(0));
    }
}
