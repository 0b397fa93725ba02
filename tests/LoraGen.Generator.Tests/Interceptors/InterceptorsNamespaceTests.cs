namespace LoraGen.Generator.Tests.Interceptors;

/// <summary>Calls are looked at only in a project that lets them be intercepted.</summary>
public sealed class InterceptorsNamespaceTests
{
    private const string Source = """
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;

    [Theory]
    [InlineData("LoraGen.Generated", true)]
    [InlineData(";Other;LoraGen.Generated", true)]
    [InlineData("", false)]
    [InlineData("Other", false)]
    [InlineData("LoraGen.GeneratedElsewhere", false)]
    public void Interceptors_follow_the_build_property(string namespaces, bool intercepted)
    {
        var outcome = (TestProject.Project with { InterceptorsNamespaces = namespaces }).Files(Source).Run();

        Assert.Equal(intercepted, outcome.Sources.ContainsKey("LoraGen.Interceptors.Input.g.cs"));
        Assert.Equal(intercepted, outcome.Steps.Names.Contains(StepNames.Calls));
        Assert.Contains("Model.Lora.g.cs", outcome.Sources.Keys);
    }

    /// <summary>Another project may adapt the model, or count it without weights.</summary>
    [Fact]
    public void Calls_are_intercepted_without_an_adapter_too() =>
        Assert.Equal(["LoraGen.Interceptors.Input.g.cs"], TestProject.Generate(Source.Replace("[Lora(Rank = 2)]", string.Empty)).Sources.Keys);

    [Fact]
    public void Each_file_of_calls_has_a_file_of_interceptors_also_beside_one_of_the_same_name()
    {
        var outcome = TestProject.Project
            .Files($"// file: a/Net.cs\n{Source}\n// file: b/net.cs\n{Source.Replace("Model", "Other")}\n// file: None.cs\npublic class None;")
            .Run();

        Assert.Equal(
            ["LoraGen.Interceptors.Net.g.cs", "LoraGen.Interceptors.net.2.g.cs"],
            outcome.Sources.Keys.Where(name => name.StartsWith("LoraGen.Interceptors", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
