using LoraGen.Analyzers.Rules;
using LoraGen.CodeFixes;

namespace LoraGen.Analyzers.Tests.Verified;

public sealed class RegisterComponentsMissingTests
{
    [Fact]
    public Task A_constructor_without_the_call_is_warned_of() => RuleTest<RegisterComponentsMissing>.Check(
        """
        [Lora]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public {|#0:Model|}() : base("Model")
            {
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        "Model never calls RegisterComponents(), so TorchSharp doesn't know its fc: nothing is moved, saved or adapted; call it at the end of the constructor");

    [Fact]
    public Task A_base_class_may_register() => RuleTest<RegisterComponentsMissing>.Check(
        """
        // file: Model.cs
        [Lora]
        public class Model : Registered
        {
            private readonly Linear fc = Linear(4, 4);

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        // file: Registered.cs
        public abstract class Registered : Module<Tensor, Tensor>
        {
            protected Registered() : base("Registered") => RegisterComponents();
        }
        """);

    [Fact]
    public Task The_fix_adds_the_call_at_the_end_of_the_constructor() => FixTest<RegisterComponentsMissing, InsertStatementFix>.Check(
        """
        [Lora]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public [|Model|]() : base("Model")
            {
                fc = Linear(4, 4);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        """
        [Lora]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Model() : base("Model")
            {
                fc = Linear(4, 4);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """);
}
