namespace LoraGen.Generator.Tests.Counting;

/// <summary>Methods of the user's own that make modules or sizes: each against the model that they make.</summary>
public sealed class CountedMethodTests
{
    private const string Methods = """
        private long planes = 4;

        public static long Counter { get; set; }

        private static Linear Proj(int a, int b = 3) => Linear(a, b);
        private static Linear Squared(long width) { if (width < 0) throw new ArgumentException(); return Linear(width, width); }
        private static int Hidden(Config c) => 4 * c.Width;
        private static int Steps(int n) { var steps = 0; while (n > 1) { n /= 2; steps++; } return steps; }
        private static int Of(Form form) { switch (form) { case Form.Narrow: return 2; case Form.Deep: return 6; default: throw new ArgumentException(); } }

        private Sequential MakeLayer(int width, int depth)
        {
            var layers = new List<Module<Tensor, Tensor>>();
            for (var i = 0; i < depth; i++)
                layers.Add(new Block(width + i));
            return Sequential(layers);
        }

        private Sequential Stage(long width, int depth, Module<Tensor, Tensor>? last = null)
        {
            var layers = new List<Module<Tensor, Tensor>> { Linear(planes, width) };
            planes = width * 2;
            for (var i = 1; i < depth; i++)
                layers.Add(Linear(planes, width));
            if (last is not null)
                layers.Add(last);
            return Sequential(layers.ToArray());
        }

        private void Fill(List<(string, Module<Tensor, Tensor>)> modules, int depth)
        {
            for (var i = 0; i < depth; i++)
                modules.Add(($"fc-{i}", Linear(planes, planes += 0)));
        }

        private void Named(List<(string, Module<Tensor, Tensor>)> modules, int depth)
        {
            for (var i = 0; i < depth; i++)
            {
                modules.Add(($"fc-{i}", Linear(planes, planes + i)));
                planes += i;
            }
        }

        private void AddMore(int width) => blocks.Add(new Block(width));
        private int Added(int width) { AddMore(width); return width; }
        private Linear Counted() { planes++; return Linear(planes, 2); }
        private static Linear Either(bool isDeep) { switch (isDeep) { case true: return Linear(2, 3); case false: return Linear(3, 4); } }
        private Linear Own() => first;
        private void Tie(Linear layer) => layer.weight = first.weight;
        private bool IsFine(Config c) => c.Width > 0;
        private static Linear? Nothing() => null;
        private Sequential Ranged(int n) => Sequential(Enumerable.Range(1, n).Select(i => Linear(i, n)));
        private Sequential RangedBy(int n) => Sequential(Enumerable.Range(1, n).Select(i => Linear(i, planes)));
        private static bool Sorts(int[] sizes) { Array.Sort(sizes); return true; }
        private void Setup() { second = Proj(2); Register("late"); }
        private void Register(string name) { register_module(name, Linear(5, 5)); }
        private static long Again(long n) => n < 1 ? 1 : Again(n - 1);
        private static T Same<T>(T value) => value;
        private static long Next() => Counter++;
        private static int Twice(int n) => 2 * n;
        private static int Twice(double n) => (int)(3 * n);
        [System.Diagnostics.Conditional("NEVER")] private void Never() => blocks.Add(new Block(3));
        private static void Out(out int width) => width = 3;
        """;

    [Theory]
    [InlineData("second = Proj(config.Width); third = Proj(b: 2, a: 7);")]
    [InlineData("second = Model.Proj(2, Hidden(config) + Steps(9)); third = this.MakeLayer(3, 2);")]
    [InlineData("second = Squared(config.Width); third = Sequential(MakeLayer(2, 1), MakeLayer(depth: 2, width: 3), Proj(1));")]
    [InlineData("second = Linear(Of(config.Form), 2); var layer = MakeLayer(Steps(8), 2); third = layer;")]
    [InlineData("third = Sequential(Stage(3, 2), Stage(5, 3, ReLU())); second = Linear(planes, 1);")]
    [InlineData("var modules = new List<(string, Module<Tensor, Tensor>)>(); Named(modules, 3); modules.Add((\"last\", new Block(2))); third = Sequential(modules);")]
    [InlineData("AddMore(3); for (var i = 1; i < 3; i++) { AddMore(i); var more = Added(i + 1); blocks.Add(new Block(more)); }")]
    [InlineData("second = Counted(); third = Counted(); register_module(\"late\", Counted());")]
    [InlineData("second = Own();")]
    [InlineData("second = Either(config.IsDeep);")]
    [InlineData("second = Linear(3, 3); Tie(second);")]
    [InlineData("Setup();")]
    [InlineData("size = Added(3); planes = Added(2);")]
    [InlineData("third = Ranged(3); second = Linear(1, 1);")]
    [InlineData("if (!IsFine(config)) throw new ArgumentException(); second = config.IsDeep && IsFine(config) ? Proj(2) : null;")]
    [InlineData("second = Nothing() ?? Proj(4); if (second is null || third != null) return; third = Proj(5);")]
    [InlineData("second = Helpers.Wide(config); third = Helpers.Inner.Deep(2);")]
    [InlineData("Linear Local(int a) => Linear(a, 2); second = Local(5); third = Sequential(Local(1), Local(2));")]
    [InlineData("var width = config.Width * 2; Linear Local(int a) => Linear(a, width + config.Layers); second = Local(5); width = 3; third = Local(6);")]
    [InlineData("var layers = new List<Module<Tensor, Tensor>>(); void Add(int a) { layers.Add(Linear(a, Size())); } static int Size() => 5; Add(2); Add(3); third = Sequential(layers);")]
    [InlineData("second = Linear(2, 2); static Linear Proj(int a) => Linear(a, 9); third = Proj(1);")]
    public void Called(string body) => CountedModel.Agrees(Source(body));

    [Theory]
    [InlineData("second = Linear(Added(3), 2);", "Model: Added(3) changes the model from within an expression")]
    [InlineData("third = new Keeper(Counted());", "Model: Counted() can't be told from the source")]
    [InlineData("var i = config.Width > 3 ? Added(2) : 3; second = Linear(1, 1);", "Model: config.Width > 3 ? Added(2) : 3 can't be told from the source")]
    [InlineData("if (Added(2) > 3) throw new ArgumentException();", "Model: Added(2) changes the model from within an expression")]
    [InlineData("Debug.Assert(Added(2) > 0);", "Model: Debug.Assert(Added(2) > 0) can't be told from the source")]
    [InlineData("second = Linear(Again(3), 2);", "Model.Again: Model.Again calls itself")]
    [InlineData("second = Linear(Same<int>(3), 2);", "Model: Same<int>(3) can't be told from the source")]
    [InlineData("second = Linear(Same(3), 2);", "Model: Same(3) can't be told from the source")]
    [InlineData("second = Linear(Next(), 2);", "Model.Next: Counter++ can't be told from the source")]
    [InlineData("second = Linear(Twice(2), 2);", "Model: Twice(2) can't be told from the source")]
    [InlineData("third = RangedBy(3);", "Model.RangedBy: Enumerable.Range(1, n).Select(i => Linear(i, planes)) can't be told from the source")]
    [InlineData("var sizes = new[] { 3, 1 }; if (!Sorts(sizes)) throw new ArgumentException(); second = Linear(sizes[0], 2);", "Model.Sorts: Array.Sort(sizes) can't be told from the source")]
    [InlineData("var sizes = new[] { 3, 1 }; Debug.Assert(Sorts(sizes)); second = Linear(sizes[0], 2);", "Model: Debug.Assert(Sorts(sizes)) can't be told from the source")]
    [InlineData("var sizes = new[] { 3, 1 }; var sorted = Sorts(sizes); second = Linear(sizes[0], 2);", "Model: Sorts(sizes) can't be told from the source")]
    [InlineData("Never();", "Model.Never: it is called under a condition of the build")]
    [InlineData("Out(out var width); second = Linear(width, 2);", "Model: Out(out var width) can't be told from the source")]
    [InlineData("Fill([], 3);", "Model.Fill: planes += 0 can't be told from the source")]
    [InlineData("second = Helpers.Virtual.Made.Make();", "Model: what Helpers.Virtual.Made.Make() makes can't be told from the source")]
    [InlineData("third = new Late(3);", "Late.Make: another class may override it")]
    [InlineData("third = new Captured();", "Captured.Make: width is known to the constructor alone")]
    [InlineData("third = new Derived();", "Derived: width can't be told from the source")]
    [InlineData("var width = 3; void Wider() { width++; } Wider(); second = Linear(width, 2);", "Model.Wider: width++ can't be told from the source")]
    [InlineData("var w = 3; Linear Own(int a) { if (a > 2) { var w = 4; a += w; } return Over(); Linear Over() => Linear(w, 2); } second = Own(1);", "Model.Own: w is of the body around here, and another variable there")]
    [InlineData("planes = Random.Shared.Next(); second = Counted();", "Model: Random.Shared.Next() can't be told from the source")]
    public void Never_guessed(string body, string why)
    {
        CountedModel.IsUncounted(Source(body), why);
    }

    /// <summary>A method's file is read like its class's.</summary>
    [Fact]
    public void An_edit_of_a_method_in_another_file_is_seen()
    {
        var project = Lora.DesignTime.Files("""
            // file: Model.cs
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear first = Outer.Sizes.Make(3);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => first.forward(x);
            }
            // file: Sizes.cs
            public static partial class Outer
            {
                public static class Sizes
                {
                    public static Linear Make(int width) => Linear(width, Twice(width));
                }
            }
            // file: Outer.cs
            public static partial class Outer
            {
                private static int Twice(int width) => 2 * width;
            }
            """);
        var first = project.Run();
        Assert.Contains("2 * width", first["Model.Lora.g.cs"]);
        var second = first.After(LoraGen.Testing.Edit.Replace("Outer.cs", "2 * width", "3 * width"));
        Assert.Contains("3 * width", second["Model.Lora.g.cs"]);
        var third = second.After(LoraGen.Testing.Edit.Replace("Sizes.cs", "Twice(width)", "width + 5"));
        Assert.Contains("width + 5", third["Model.Lora.g.cs"]);
    }

    private static string Source(string body) => "using System.Diagnostics;\n" + CountedModel.WithConstructor("Config config", "this.config = config; " + body, Methods) + """

        internal static class Helpers
        {
            public static Linear Wide(Config config) => Linear(config.Width, Width(config));

            private static int Width(Config config) => config.Form switch { Form.Deep => 7, _ => 8 };

            internal static class Inner
            {
                internal static Module<Tensor, Tensor> Deep(int depth) => depth > 1 ? Sequential(Linear(depth, 2), ReLU()) : new Block(depth);
            }

            internal class Virtual
            {
                public static readonly Virtual Made = new();

                public virtual Linear Make() => Linear(1, 1);
            }
        }

        internal sealed class Keeper(Module<Tensor, Tensor> inner) : Module<Tensor, Tensor>("Keeper")
        {
            public override Tensor forward(Tensor x) => inner.forward(x);
        }

        internal class Late : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Late(int width) : base("Late")
            {
                fc = Make(width);
                RegisterComponents();
            }

            protected virtual Linear Make(int width) => Linear(width, 2);

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        internal sealed class Captured(int width) : Module<Tensor, Tensor>("Captured")
        {
            private Linear? fc;

            public Captured() : this(2) => fc = Make();

            private Linear Make() => Linear(width, 2);

            public override Tensor forward(Tensor x) => (fc ?? Make()).forward(x);
        }

        internal abstract class Sized(int given) : Module<Tensor, Tensor>("Sized")
        {
            private readonly int width = given;

            protected Linear Make() => Linear(width, 2);
        }

        internal sealed class Derived : Sized
        {
            private readonly Linear fc;

            public Derived() : base(3)
            {
                fc = Make();
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;
}
