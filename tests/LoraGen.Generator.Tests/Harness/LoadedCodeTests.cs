using LoraGen.Generator.Tests.Styles;
using System.Runtime.CompilerServices;
using LoraGen.Testing;
using Xunit.Sdk;

namespace LoraGen.Generator.Tests.Harness;

[Collection(nameof(RunsTorch))]
public sealed class LoadedCodeTests
{
    [Theory]
    [InlineData("true", "called layer")]
    [InlineData("false", "forwarded layer")]
    public void Interceptors_run(string intercept, string expected)
    {
        using var code = Tiny.Intercepting.Property("TinyIntercept", intercept).Run().Load();

        Assert.Equal(expected, code.Type("Program").GetMethod("Run")!.Invoke(null, null));
    }

    [Fact]
    public void Referenced_types_are_the_tests_own()
    {
        using var code = Tiny.Run
            .Referencing(typeof(XunitException))
            .Source("Uses.cs", "internal static class Uses { public static object Make() => new Xunit.Sdk.XunitException(\"made\"); }")
            .Run()
            .Load();

        Assert.Equal("made", Assert.IsType<XunitException>(code.Type("Uses").GetMethod("Make")!.Invoke(null, null)).Message);
    }

    [Fact]
    public void Missing_type_lists_what_is_there()
    {
        using var code = Tiny.Run.Run().Load();

        Assert.Contains("no type 'Other', but ", Tiny.Fails(() => code.Type("Other")));
    }

    [Fact]
    public void Output_that_does_not_compile_is_not_loaded() =>
        Assert.Contains("CS0246", Tiny.Fails(() => Tiny.Run.Source("Bad.cs", "class Bad : Missing;").Without(Checks.All).Run().Load()));

    [Fact]
    public void Disposed_code_is_unloaded()
    {
        var assembly = LoadAndDispose();
        for (var i = 0; i < 10 && assembly.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(assembly.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LoadAndDispose()
    {
        using var code = Tiny.Run.Run().Load();
        return new WeakReference(code.Assembly);
    }
}
