using LoraGen.Generator.Tests.Styles;

namespace LoraGen.Generator.Tests.Interceptors;

/// <summary>Every way to write <c>.forward(x)</c> reaches the adapter; a call that can't be a site's is not intercepted.</summary>
[Collection(nameof(Styles.RunsTorch))]
public sealed class InterceptorTests
{
    [Theory]
    [InlineData("fc.forward(x)")]
    [InlineData("this.fc.forward(x)")]
    [InlineData("fc?.forward(x) ?? x")]
    [InlineData("fc!.forward(x)")]
    [InlineData("(fc).forward(x)")]
    [InlineData("((Linear)(object)fc).forward(x)")]
    [InlineData("((Module<Tensor, Tensor>)fc).forward(x)")]
    [InlineData("new[] { fc }[0].forward(x)")]
    [InlineData("Layer().forward(x)")]
    [InlineData("fc.forward(tensor: x)")]
    [InlineData("fc.forward(\n            /* spread out */ x)")]
    [InlineData("fc\n            . /* spread out */ forward\n            (x)")]
    [InlineData("fc.@forward(x)")]
    [InlineData("new Func<Tensor, Tensor>(y => fc.forward(y))(x)")]
    [InlineData("Local(x); Tensor Local(Tensor y) => fc.forward(y)")]
    [InlineData("new[] { x }.Select(y => fc.forward(y)).Single()")]
    [InlineData("x is { } y ? fc.forward(y) : x")]
    [InlineData("fc.forward(fc.forward(x))")]
    [InlineData("fc.call(x)")]
    [InlineData("Other.Run(fc, x)")]
    [InlineData("Other.RunAny(fc, x)")]
    [InlineData("x.Through(fc)")]
    [InlineData("new Wrap<Linear>(fc).Run(x)")]
    [InlineData("System.Threading.Tasks.Task.Run(async () => { await System.Threading.Tasks.Task.Yield(); return fc.forward(x); }).Result")]
    public void Call(string call) => Style.Adapts(Source(call), "fc");

    [Theory]
    [InlineData("fc.call(x)")]
    [InlineData("fc.call(forward(1f) + x)")]
    public void Call_that_needs_no_help_is_left(string call)
    {
        var outcome = TestProject.Generate(Source(call).Replace("extension", string.Empty).Split("// Helpers")[0]);

        Assert.DoesNotContain("LayerInterceptors", outcome["LoraGen.Interceptors.Input.g.cs"]);
    }

    /// <summary>An adapter may act on any module with one input, such as a bottleneck after a block.</summary>
    [Theory]
    [InlineData("seq.forward(fc.call(x))")]
    [InlineData("block.forward(fc.call(x))")]
    [InlineData("relu.forward(fc.call(x))")]
    public void Call_of_any_module_with_one_input_is_intercepted(string call)
    {
        var outcome = TestProject.Generate(Source(call).Replace("extension", string.Empty).Split("// Helpers")[0]);

        Assert.Contains("LayerInterceptors", outcome["LoraGen.Interceptors.Input.g.cs"]);
    }

    [Fact]
    public void Forward_of_a_base_class_is_left()
    {
        var outcome = Style.Adapts("""
            [Lora(Rank = 2)]
            public class Model : Base
            {
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(base.forward(x));
            }

            public class Base(string name) : Module<Tensor, Tensor>(name)
            {
                public override Tensor forward(Tensor x) => x.mul(2);
            }
            """, "fc");

        Assert.Single(outcome["LoraGen.Interceptors.Input.g.cs"].Split("class LayerFactoryInterceptors")[0].Split("InterceptsLocationAttribute(1,").Skip(1));
    }

    [Fact]
    public void Other_hooks_stay_asleep_in_forward()
    {
        // TorchSharp runs no hook in forward: an interceptor must not run user-defined hooks.
        Style.Adapts("""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model")
                {
                    RegisterComponents();
                    fc.register_forward_hook((_, _, _) => throw new InvalidOperationException("called"));
                }

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """, "fc");
    }

    private static string Source(string call) => $$"""
        [Lora(Rank = 2, Exclude = ["block.*", "seq.*"])]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly Sequential seq = Sequential(Linear(4, 4));
            private readonly Block block = new();
            private readonly ReLU relu = ReLU();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                return {{call}};
            }

            public Tensor forward(float factor) => factor * Parts().weight!.sum();

            private Linear Parts() => block is null || seq is null || relu is null ? throw new InvalidOperationException() : fc;

            private Linear Layer() => fc;
        }

        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear inner = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => inner.call(x);
        }
        // Helpers
        public static class Other
        {
            public static Tensor Run(Module<Tensor, Tensor> module, Tensor x) => module.forward(x);

            public static Tensor RunAny<T>(T module, Tensor x) where T : Module<Tensor, Tensor> => module.forward(x);

            public static Tensor Through(this Tensor x, Linear module) => module.forward(x);
        }

        public struct Wrap<T>(T module) where T : Module<Tensor, Tensor>
        {
            public Tensor Run(Tensor x) => module.forward(x);
        }
        """;
}
