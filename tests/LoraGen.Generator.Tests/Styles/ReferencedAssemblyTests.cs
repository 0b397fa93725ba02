namespace LoraGen.Generator.Tests.Styles;

/// <summary>Models of a library without an adapter attribute.</summary>
[Collection(nameof(RunsTorch))]
public sealed class ReferencedAssemblyTests
{
    [Fact]
    public void Model_of_a_library()
    {
        // Its private fields are not even imported by the compiler, and its calls can't be intercepted: they must be written .call(x).
        var model = ReferencedModel.Compile(TestProject.Project.Files("""
            public class Far : Module<Tensor, Tensor>
            {
                public readonly Linear shown = Linear(4, 4);
                private readonly Linear hidden = Linear(4, 4);
                public Linear Property { get; } = Linear(4, 4);
                protected readonly FarBlock block = new();
                internal readonly ModuleList<FarBlock> blocks = new(new FarBlock());

                public Far() : base("Far") => RegisterComponents();

                public override Tensor forward(Tensor x) => blocks[0].call(block.call(Property.call(hidden.call(shown.call(x)))));
            }

            public sealed class FarBlock : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public FarBlock() : base("FarBlock") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.call(x);
            }
            """), "Far");

        Style.Adapts(
            TestProject.Project.Referencing(model).Files("#pragma warning disable LORA3007\n[assembly: Lora(typeof(Far), Rank = 2)]"),
            "shown",
            "hidden",
            "Property",
            "block.fc",
            "blocks.0.fc");
    }

    [Fact]
    public void Model_of_a_library_that_references_LoraGen_and_has_no_attribute()
    {
        // Its calls of forward are intercepted where they are compiled, so no rule advises anything.
        var model = ReferencedModel.Compile(TestProject.Project.Files("""
            public class Middle : Module<Tensor, Tensor>
            {
                public readonly Linear shown = Linear(4, 4);
                private readonly Linear hidden = Linear(4, 4);

                public Middle() : base("Middle") => RegisterComponents();

                public override Tensor forward(Tensor x) => hidden.forward(shown.forward(x));
            }
            """), "Middle");

        Style.Adapts(TestProject.Project.Referencing(model).Files("[assembly: Lora(typeof(Middle), Rank = 2)]"), "shown", "hidden");
    }

    [Fact]
    public void Block_and_base_class_of_a_library()
    {
        var block = ReferencedModel.Compile(TestProject.Project.Files("""
            public class Near : Module<Tensor, Tensor>
            {
                protected readonly Linear fc = Linear(4, 4);
                private readonly Linear hidden = Linear(4, 4);

                public Near() : base("Near") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.call(hidden.call(x));
            }
            """), "Near");

        Style.Adapts(
            TestProject.Project.Referencing(block).Files("""
                #pragma warning disable LORA3007
                [Lora(Rank = 2)]
                public class Model : Near
                {
                    private readonly Near near = new();
                    private readonly Linear own = Linear(4, 4);

                    public override Tensor forward(Tensor x) => own.forward(near.forward(base.forward(x)));
                }
                """),
            "near.fc",
            "near.hidden",
            "own",
            "fc",
            "hidden");
    }
}
