namespace LoraGen.Generator.Tests.Emission;

/// <summary>The documentation of a layer has what the constructors' text determines, and no more.</summary>
public sealed class ConstructorTextTests
{
    [Theory]
    [InlineData("fc = Linear(width, 2);", "Linear(width → 2)")]
    [InlineData("this.fc = nn.Linear(width, 2);", "Linear(width → 2)")]
    [InlineData("if (width > 1) fc = Linear(width, 2); else fc = Linear(width, 2);", "Linear(width → 2)")]
    [InlineData("if (width > 1) fc = Linear(width, 2); else fc = Linear(1, 2);", "Linear")]
    [InlineData("fc = Create();", "Linear")]
    [InlineData("fc = Linear(width, 2); _ = new Model { fc = Linear(7, 7) };", "Linear(width → 2)")]
    [InlineData("fc = Linear(width, 2); var other = new Model(); other.fc = Linear(7, 7);", "Linear(width → 2)")]
    [InlineData("(fc, _) = (Linear(width, 2), 0);", "Linear")]
    [InlineData("fc = null!; fc = default!; fc = Linear(width, 2);", "Linear(width → 2)")]
    [InlineData("fc = Linear(width, // how wide\n width < 2\n ? 1\n : 2);", "Linear(width → width < 2 ? 1 : 2)")]
    public void Text(string body, string expected)
    {
        var outcome = TestProject.WithoutInterceptors.Files($$"""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                public Linear fc = null!;

                public Model(int width) : base("Model")
                {
                    {{body}}
                    RegisterComponents();
                }

                public Model() : base("Model")
                {
                }

                public override Tensor forward(Tensor x) => fc.call(x);

                private static Linear Create() => Linear(1, 2);
            }
            """).Run();

        Assert.Contains($"//   fc  {expected}\n", outcome["Model.Lora.g.cs"]);
    }
}
