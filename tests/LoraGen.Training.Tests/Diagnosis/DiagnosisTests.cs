using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Diagnosis;

/// <summary>What a training notices about itself, and what it doesn't report.</summary>
public sealed class DiagnosisTests
{
    [Theory]
    [MemberData(nameof(Recipe.Names), MemberType = typeof(Recipe))]
    public async Task A_training_without_problems_has_no_warnings(string name)
    {
        using var recipe = Recipe.Of(name);
        var options = new TrainingOptions { Epochs = 2, DiagnoseAfter = 6, EvaluateEvery = 5, LearningRate = LearningRate.Linear(3) };
        var result = await recipe.Trainer(options).RunAsync(new RowSource(), new RowSource());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task Parameters_without_an_effect_and_without_a_call_are_named()
    {
        random.manual_seed(1);
        using var model = new Unused();
        using var lora = model.AttachAllLora();
        var warnings = await Warnings(model, lora, lora.Parameters());
        var missing = Single(warnings, TrainingProblem.WithoutGradient);
        Assert.Contains("uncalled.A, uncalled.B had no gradient in 4 steps, so they aren't trained", missing.Message, StringComparison.Ordinal);
        Assert.Equal("docs/diagnostics/LORA2012.md", missing.Page);
        var zero = Single(warnings, TrainingProblem.StillZero);
        Assert.Contains("ignored.B started at zero, and is still zero after 4 steps. Its gradients are zero", zero.Message, StringComparison.Ordinal);
        Assert.Null(zero.Page);
        Assert.Equal(2, warnings.Count);
    }

    [Fact]
    public async Task Two_factors_that_start_at_zero_are_the_cause()
    {
        using var model = new Unused();
        using var lora = model.AttachLora();
        using (no_grad())
            lora.Sites[0]["A"].zero_();
        var warning = Single(await Warnings(model, lora, lora.Parameters()), TrainingProblem.StillZero);
        Assert.Contains("used.A, used.B started at zero, and are still zero", warning.Message, StringComparison.Ordinal);
        Assert.Equal("LORA1006", warning.Rule);
    }

    [Fact]
    public async Task An_optimizer_without_the_parameter_is_the_cause()
    {
        using var model = new Unused();
        using var lora = model.AttachLora();
        var warning = Single(await Warnings(model, lora, [lora.Parameters()[0]]), TrainingProblem.StillZero);
        Assert.Contains("used.B started at zero", warning.Message, StringComparison.Ordinal);
        Assert.Equal("LORA4002", warning.Rule);
    }

    [Fact]
    public async Task A_loss_that_rises_is_reported_once()
    {
        using var recipe = Recipe.Of("SGD");
        foreach (var group in recipe.Optimizer.ParamGroups)
            group.InitialLearningRate = 3;
        var states = new StateList();
        var options = new TrainingOptions { Epochs = 5, DiagnoseAfter = 10, LearningRate = LearningRate.Constant() };
        var result = await recipe.Trainer(options).RunAsync(new RowSource(), progress: states);
        var warning = Single(result.Warnings, TrainingProblem.RisingLoss);
        Assert.Equal(10, warning.Step);
        Assert.Contains("learning rate of 3 is too high", warning.Message, StringComparison.Ordinal);
        Assert.Equal(warning, states.SelectMany(state => state.Warnings).Single());
        Assert.Same(warning, states[9].Warnings[0]);
    }

    [Fact]
    public async Task Overfitting_is_reported_once()
    {
        using var recipe = Recipe.Of("AdamW");
        recipe.Model.Drop.p = 0;
        var options = new TrainingOptions { Epochs = 40, EvaluateEvery = 10, LearningRate = LearningRate.Constant() };
        var result = await recipe.Trainer(options).RunAsync(new RowSource(), new RowSource(3, 99));
        var warning = Single(result.Warnings, TrainingProblem.Overfitting);
        Assert.Contains("set EarlyStopping", warning.Message, StringComparison.Ordinal);
        var index = result.Evaluations.ToList().FindIndex(evaluated => evaluated.Step == warning.Step);
        var losses = result.Evaluations.Skip(index - 2).Take(3).Select(evaluated => evaluated.Loss).ToArray();
        Assert.Equal(losses.Order(), losses);
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        using var model = new Unused();
        using var lora = model.AttachAllLora();
        Assert.Empty(await Warnings(model, lora, lora.Parameters(), after: null));
    }

    private static TrainingWarning Single(IEnumerable<TrainingWarning> warnings, TrainingProblem problem)
    {
        return warnings.Single(warning => warning.Problem == problem);
    }

    private static async Task<IReadOnlyList<TrainingWarning>> Warnings(Unused model, AdapterBase lora, IReadOnlyList<Parameter> trained, long? after = 4)
    {
        using var optimizer = optim.AdamW(trained, lr: 1e-2);
        var trainer = new Trainer<Rows>(
            model,
            optimizer,
            rows => new BatchLoss((model.forward(rows.Input) - rows.Target).square().sum() + (0 * lora.Sites[0].Parameters[0]).sum(), rows.Target.shape[0]),
            new TrainingOptions { DiagnoseAfter = after },
            lora);
        return (await trainer.RunAsync(new RowSource())).Warnings;
    }
}
