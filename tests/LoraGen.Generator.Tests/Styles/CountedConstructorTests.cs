using System.Reflection;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>How a model's constructors may be written: those that can be repeated are counted by, and no generated file is complained of.</summary>
[Collection(nameof(RunsTorch))]
public sealed class CountedConstructorTests
{
    [Theory]
    [InlineData("int Count = 4, int ModelLora = 4, int build = 4, string model = \"a\\\"b\\n\\u2028\", string name = @\"c\\\", int global = 2, int value1 = 3")]
    [InlineData("int @class = 4, int @await = 1, int @record = 2, int @field = 1, int @file = 2, int @scoped = 2, int @params = 3, int nameof = 3, int var = 2, int _ = 1")]
    [InlineData("double a = double.NaN, float b = float.NegativeInfinity, float c = 1e-45f, double d = double.MaxValue, double e = -0.0")]
    [InlineData("decimal a = -1.50m, decimal? b = 2m, decimal c = 79228162514264337593543950335m, decimal d = 1e-28m")]
    [InlineData("char a = '\\'', char? b = '\\0', char c = '\\ud800', bool? d = true, string? e = null, string f = null!")]
    [InlineData("nint a = -5, nuint b = 4000000000, long c = long.MinValue, ulong d = ulong.MaxValue, int e = int.MinValue, sbyte? f = -1, byte g = 255, short h = -1")]
    [InlineData("Wide a = Wide.Most, Small? b = Small.Low, DayOfWeek c = (DayOfWeek)77, Small d = default, Small? e = null")]
    [InlineData("Guid a = default, DateTime? b = null, Half c = default, (int x, string y) d = default, (int @class, string?)? e = null")]
    [InlineData("object? a = null, int[,]? b = null, string?[]?[]? c = null, Func<int, string?>? d = null, IReadOnlyDictionary<string, List<int?>?>? e = null, Action f = null!")]
    [InlineData("in int a, params int[] b")]
    [InlineData("Device? a = null, DeviceType b = DeviceType.CPU, ScalarType? c = null, params Device[] d")]
    [InlineData("[System.Diagnostics.CodeAnalysis.DisallowNull] string? a, [System.Diagnostics.CodeAnalysis.AllowNull] string b")]
    [InlineData("Func<Model> a, int b")]
    [InlineData("Func<Linear> a")]
    public void It_is_repeated(string parameters) => Assert.Equal(3, Counts(Constructor(parameters)));

    [Theory]
    [InlineData("ref int a")]
    [InlineData("ReadOnlySpan<int> a")]
    [InlineData("Func<Model> a")]
    [InlineData("Linear a")]
    [InlineData("Tensor? a")]
    [InlineData("New a")]
    [InlineData("List<New[]> a")]
    [InlineData("Generic<New>.Inner a")]
    [InlineData("[System.Runtime.InteropServices.Optional, System.Runtime.InteropServices.DefaultParameterValue(5)] object a")]
    public void It_cannot_be_repeated(string parameters) => Assert.Equal(2, Counts(Constructor(parameters)));

    [Theory]
    [InlineData("[Obsolete(\"It goes.\", true)]")]
    [InlineData("[Obsolete(\"It goes.\", DiagnosticId = \"OLD1\")]")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]")]
    public void What_its_author_advises_against_is_not_repeated(string attribute) => Assert.Equal(2, Counts(Constructor("int a", attribute)));

    [Fact]
    public void Of_two_that_differ_by_in_one_is_repeated() => Assert.Equal(3, Counts(Constructor("in int a") + Constructor("int a")));

    [Theory]
    [InlineData("Generic<Internal>.Inner a")]
    [InlineData("Internal[] a")]
    public void Of_internal_types_the_count_is_internal(string parameters) => Assert.Equal(3, Counts(Constructor(parameters, access: "internal")));

    [Fact]
    public void Collections_other_than_arrays_are_repeated_without_params()
    {
        const string parameters = "in int a, params IEnumerable<int> b";
        Assert.Contains("Count(int a, global::System.Collections.Generic.IEnumerable<int> b)", Generate(Constructor(parameters)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ModelLora.Count(8)", "CS1503")]
    [InlineData("ModelLora.Count()", "CS7036")]
    [InlineData("ModelLora.EstimateMemory(8, 1, 2)", "CS1503")]
    public void A_call_of_one_that_does_not_exist_names_those_that_do(string call, string expected)
    {
        var source = Source(string.Empty).Replace("public Model()", "public Model(Tensor given)", StringComparison.Ordinal);
        var outcome = TestProject.Project.Without(Checks.All).Files($"{source}\npublic static class Use {{ public static object Of() => {call}; }}").Run();

        // An extension method such as MemoryExtensions.Count would be named if the type had no such member.
        var error = Assert.Single(outcome.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(expected, error.Id);
    }

    [Fact]
    public void Of_open_types()
    {
        const string source = """
            [Lora(Rank = 2)]
            public class Model<T, @class, U> : Module<Tensor, Tensor>
                where T : Module<Tensor, Tensor>, new()
                where @class : struct, Enum
            {
                private readonly Linear fc = Linear(4, 4);
                private readonly T inner = new();

                public Model(@class a = default, @class? b = null, U c = default!, U? d = default, Func<T, @class>? e = null) : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(inner.call(x));
            }
            """;
        Assert.Contains("U c = default!, U? d = default,", TestProject.Generate(source)["Model{T,-class,-U}.Lora.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]", "", "")]
    [InlineData("", "[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]", "")]
    [InlineData("[Obsolete(\"It goes.\", DiagnosticId = \"OLD1\")]", "[Obsolete]", "")]
    [InlineData("", "", "[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]")]
    [InlineData("", "", "[Obsolete(\"It goes.\", DiagnosticId = \"OLD1\")]")]
    public void Classes_that_their_author_advises_against(string ofModel, string ofBlock, string ofMember) => Style.Adapts($$"""
        #pragma warning disable NEW1, OLD1, CS0612
        {{ofBlock}}
        public class Block : Module<Tensor, Tensor>
        {
            {{ofMember}}
            public readonly Linear Fc = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }

        {{ofModel}}
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.forward(x);
        }
        """, "block.Fc");

    private static string Constructor(string parameters, string attribute = "", string access = "public")
    {
        return $"{attribute} {access} Model({parameters}) : base(\"Model\") {{ fc = Linear(4, 4); RegisterComponents(); }}";
    }

    private static string Source(string constructors) => $$"""
        #pragma warning disable NEW1, OLD1, CS8907, CS8981
        [Lora(Rank = 2)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            {{constructors}}

            public Model() : base("Model")
            {
                fc = Linear(4, 4);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);

            public class Generic<T>
            {
                public class Inner;
            }

            internal class Internal;

            [System.Diagnostics.CodeAnalysis.Experimental("NEW1")]
            public class New;
        }

        public enum Wide : ulong { Most = ulong.MaxValue }

        public enum Small : sbyte { Low = -4 }
        """;

    private static string Generate(string constructors) => TestProject.Generate(Source(constructors))["Model.Lora.g.cs"];

    // Those of the function and of the constructor without parameters included.
    private static int Counts(string constructors)
    {
        using var code = Style.Adapts(Source(constructors), "fc").Load();
        return code.Type("ModelLora").GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Count(method => method.Name == "Count");
    }
}
