namespace LoraGen.Generator.Tests.Styles;

/// <summary>Where and how a model class is declared.</summary>
[Collection(nameof(RunsTorch))]
public sealed class ClassStyleTests
{
    private const string Members = """
        private readonly Linear fc1 = Linear(4, 6);
            private readonly Linear fc2 = Linear(6, 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor input) => fc2.forward(functional.gelu(fc1.forward(input)));
        """;

    [Theory]
    [InlineData("public sealed class Model")]
    [InlineData("internal class Model")]
    [InlineData("sealed partial class Model")]
    public void Modifiers(string head) => Style.Adapts($$"""
        [Lora(Rank = 2)]
        {{head}} : Module<Tensor, Tensor>
        {
            {{Members}}
        }
        """, "fc1", "fc2");

    [Theory]
    [InlineData("public static class Outer")]
    [InlineData("public struct Outer")]
    [InlineData("public sealed record Outer")]
    [InlineData("internal interface IOuter")]
    public void Nested_in_a_type_that_is_not_partial(string outer) => Style.Adapts($$"""
        namespace Some.Place;

        {{outer}}
        {
            [Lora(Rank = 2)]
            internal sealed class Model : Module<Tensor, Tensor>
            {
                {{Members}}
            }
        }
        """, "fc1", "fc2");

    [Theory]
    [InlineData("Acme.@event.@class")]
    [InlineData("TorchSharp.System")]
    [InlineData("LoraGen.Lora")]
    public void Namespace_that_could_be_mistaken(string name) => Style.Adapts($$"""
        namespace {{name}};

        [Lora(Rank = 2)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            {{Members}}
        }
        """, "fc1", "fc2");

    [Theory]
    [InlineData("class")]
    [InlineData("record")]
    [InlineData("Lora")]
    [InlineData("Linear_")]
    public void Class_name_that_could_be_mistaken(string name) => Style.Adapts($$"""
        #pragma warning disable CS8860, CS8981
        [Lora(Rank = 2)]
        public sealed class @{{name}} : Module<Tensor, Tensor>
        {
            {{Members.Replace("public Model", "public @" + name)}}
        }
        """, "fc1", "fc2");

    [Fact]
    public void Alias_of_the_attribute_and_of_the_layers() => Style.Adapts($$"""
        // file: Aliases.cs
        global using Adapt = LoraGen.LoraAttribute;
        global using Dense = TorchSharp.Modules.Linear;
        global using Net = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
        // file: Model.cs
        [Adapt(Rank = 2)]
        public sealed class Model : Net
        {
            {{Members.Replace("Linear fc", "Dense fc")}}
        }
        """, "fc1", "fc2");

    [Fact]
    public void Nullable_disabled() => Style.Adapts($$"""
        #nullable disable
        [Lora(Rank = 2)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            {{Members}}
        }
        """, "fc1", "fc2");

    [Fact]
    public void Obsolete() => Style.Adapts(TestProject.Project.Allowing("CS0618", "CS0612").Files("""
        [Obsolete("Use the other one."), Lora(Rank = 2)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Obsolete] public readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor input) => block.call(input);
        }

        [Obsolete]
        public sealed class Block : Module<Tensor, Tensor>
        {
            [Obsolete] public Linear Fc { get; } = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor input) => Fc.call(input);
        }
        """), "block.Fc");

    [Fact]
    public void Parts_in_two_files() => Style.Adapts("""
        // file: First.cs
        [Lora(Rank = 2)]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly Linear first;
        }
        // file: Second.cs
        partial class Model
        {
            private readonly Linear second = Linear(6, 3);

            public Model() : base("Model")
            {
                first = Linear(4, 6);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => second.forward(first.forward(input));
        }
        """, "first", "second");

    [Fact]
    public void Attribute_on_each_part_in_one_file()
    {
        var outcome = TestProject.Generate($$"""
            [Lora(Rank = 2)]
            public sealed partial class Model : Module<Tensor, Tensor>
            {
                {{Members}}
            }

            [Lora(Rank = 3, Name = "other")]
            partial class Model;
            """);

        using var code = outcome.Load();
        Promises.Hold(LoadedModel.Of(code, "ModelLoraExtensions"), "fc1", "fc2");
        Promises.Hold(LoadedModel.Of(code, "ModelOtherLoraExtensions"), "fc1", "fc2");
        Assert.Equal(["LoraGen.Interceptors.Input.g.cs", "Model.Lora.g.cs", "Model.OtherLora.g.cs"], outcome.Sources.Keys);
    }

    [Fact]
    public void Names_that_differ_in_case_alone()
    {
        var outcome = TestProject.Generate($$"""
            #pragma warning disable CS8981
            [Lora(Rank = 2)]
            public sealed class Model : Module<Tensor, Tensor>
            {
                {{Members}}
            }

            [Lora(Rank = 2)]
            public sealed class model : Module<Tensor, Tensor>
            {
                {{Members.Replace("public Model", "public model")}}
            }
            """);

        using var code = outcome.Load();
        Promises.Hold(LoadedModel.Of(code, "ModelLoraExtensions"), "fc1", "fc2");
        Promises.Hold(LoadedModel.Of(code, "modelLoraExtensions"), "fc1", "fc2");
    }

    [Fact]
    public void Assembly_attribute() => Style.Adapts($$"""
        [assembly: Lora(typeof(Deep.Model), Rank = 2, Exclude = ["fc2"])]

        namespace Deep
        {
            internal sealed class Model : Module<Tensor, Tensor>
            {
                {{Members}}
            }
        }
        """, "fc1");
}
