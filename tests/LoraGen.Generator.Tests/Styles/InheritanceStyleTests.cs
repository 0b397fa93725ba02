namespace LoraGen.Generator.Tests.Styles;

/// <summary>Members that a model inherits.</summary>
[Collection(nameof(RunsTorch))]
public sealed class InheritanceStyleTests
{
    [Fact]
    public void Private_and_protected_members_of_an_abstract_base() => Style.Adapts("""
        public abstract class Base : Module<Tensor, Tensor>
        {
            private readonly Linear hidden = Linear(4, 4);
            protected readonly Linear shared = Linear(4, 4);

            protected Base(string name) : base(name)
            {
            }

            protected Tensor Both(Tensor x) => shared.forward(hidden.forward(x));
        }

        [Lora(Rank = 2)]
        public sealed class Model : Base
        {
            private readonly Linear own = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => own.forward(Both(x));
        }
        """, "own", "shared", "hidden");

    [Fact]
    public void Members_of_a_generic_base() => Style.Adapts("""
        public abstract class Base<T> : Module<Tensor, Tensor>
        {
            private readonly Linear hidden = Linear(4, 4);
            public readonly Linear shown = Linear(4, 4);

            protected Base(string name) : base(name)
            {
            }

            protected Tensor Both(Tensor x) => shown.forward(hidden.forward(x));
        }

        [Lora(Rank = 2)]
        public sealed class Model : Base<int>
        {
            private readonly Linear own = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => own.forward(Both(x));
        }
        """, "own", "shown", "hidden");

    [Fact]
    public void Base_class_and_derived_class_both_adapted()
    {
        var outcome = TestProject.Generate("""
            [Lora(Rank = 2)]
            public class Base : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Base() : base("Base") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }

            [Lora(Rank = 2)]
            public sealed class Derived : Base
            {
                private readonly Linear extra = Linear(4, 4);

                public override Tensor forward(Tensor x) => extra.forward(base.forward(x));
            }
            """);

        using var code = outcome.Load();
        Promises.Hold(LoadedModel.Of(code, "BaseLoraExtensions"), "fc");
        Promises.Hold(LoadedModel.Of(code, "DerivedLoraExtensions"), "extra", "fc");
    }

    [Fact]
    public void Field_whose_class_is_more_than_declared() => Style.Adapts("""
        [Lora(Rank = 2)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Block block = new Wide();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.forward(x);
        }

        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Wide : Block
        {
            private readonly Linear more = Linear(4, 4);

            public override Tensor forward(Tensor x) => more.forward(base.forward(x));
        }
        """, "block.more", "block.fc");

    [Fact]
    public void Member_of_a_derived_class_hides_the_base_class_one() => Style.Adapts("""
        public abstract class Base : Module<Tensor, Tensor>
        {
            private readonly int fc = 2;

            protected Base(string name) : base(name)
            {
            }

            protected int Factor => fc;
        }

        [Lora(Rank = 2)]
        public sealed class Model : Base
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x) * Factor;
        }
        """, "fc");
}
