namespace LoraGen.Generator.Tests.Emission;

/// <summary>MaxTrainableParameters: checked when attaching, if it is set.</summary>
public sealed class BudgetTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData(", MaxTrainableParameters = 0", null)]
    [InlineData(", MaxTrainableParameters = 16", 16L)]
    [InlineData(", MaxTrainableParameters = 5_000_000_000", 5_000_000_000L)]
    public void Is_handed_over(string option, long? budget)
    {
        var outcome = TestProject.WithoutInterceptors.Files($$"""
            [Lora(Rank = 2{{option}})]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """).Run();

        var file = outcome["Model.Lora.g.cs"];
        Assert.Equal(budget is not null, file.Contains("SetParameterBudget(", StringComparison.Ordinal));
        if (budget is not null)
            Assert.Contains(FormattableString.Invariant($"SetParameterBudget({budget});"), file, StringComparison.Ordinal);
        Assert.DoesNotContain("MaxTrainableParameters", file, StringComparison.Ordinal);
    }
}
