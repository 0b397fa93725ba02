using System.Globalization;

namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ModelNotAdaptableTests : FixableRuleTests
{
    protected override string Id => "LORA1015";

    protected override string Message => "No adapter is generated for this attribute: Config is not a torch.nn.Module";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [{|LORA1015:Lora(Rank = 4)|}]
        public class Config
        {
            public int Width { get; set; }
        }

        [{|LORA1015:Lora|}]
        public sealed record Settings(int Width);
        """,
        """
        [assembly: {|LORA1015:Lora|}]
        [assembly: {|LORA1015:Lora(typeof(string))|}]
        [assembly: {|LORA1015:Lora(typeof(Net[]), Name = "all")|}]
        [assembly: {|LORA1015:Lora(typeof(Shapes), Name = "shapes")|}]

        static class Shapes;
        """,
        """
        internal class Outer
        {
            [{|LORA1015:Lora|}]
            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                public override Tensor forward(Tensor x) => x;
            }
        }

        [{|LORA1015:Lora(Rank = 4)|}]
        file sealed class Local() : Module<Tensor, Tensor>("Local")
        {
            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    [Fact]
    public async Task A_LinearLayer_that_names_no_member_is_said_of_every_model()
    {
        var found = await Found([LoraProject.NetFile, .. Clean("""
            [assembly: LinearLayer(typeof(Quantized), Weight = "wieght")]

            public sealed class Quantized() : Module<Tensor, Tensor>("Quantized")
            {
                public override Tensor forward(Tensor x) => x;
            }
            """)]);

        Assert.Contains(
            "[LinearLayer(typeof(Quantized))] names Weight = \"wieght\"",
            Assert.Single(found).GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
        Assert.Equal("/Net.cs", found[0].Location.SourceTree!.FilePath);
    }

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora] internal abstract class Model() : Module<Tensor, Tensor>(\"Model\");",
        """
        internal static class Outer
        {
            internal class Inner
            {
                [Lora] internal sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
            }
        }
        """,
        """
        [Lora]
        public class Model<T>(T width) : Module<Tensor, T, Tensor>("Model")
            where T : struct
        {
            public T Width { get; } = width;

            public override Tensor forward(Tensor x, T scale) => x;
        }
        """,
        """
        // file: Model.cs
        [Lora]
        public partial class Model
        {
        }
        // file: Model.Base.cs
        public abstract class Base() : nn.Module("Base");

        public partial class Model : Base;
        """,
        """
        public class Config
        {
            [Lora] public Net? Net { get; set; }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            /// <summary>Sizes.</summary>
            [Lora(Rank = 4)]
            public class Config
            {
                public int Width { get; set; }
            }
            """,
            """
            /// <summary>Sizes.</summary>
            public class Config
            {
                public int Width { get; set; }
            }
            """),
        (
            """
            [assembly: Lora(typeof(Config))]

            public class Config
            {
                public int Width { get; set; }
            }
            """,
            """
            public class Config
            {
                public int Width { get; set; }
            }
            """),
        (
            """
            using System.IO;

            [assembly: Lora]
            [assembly: CLSCompliant(false)]
            """,
            """
            using System.IO;

            [assembly: CLSCompliant(false)]
            """),
    ];
}
