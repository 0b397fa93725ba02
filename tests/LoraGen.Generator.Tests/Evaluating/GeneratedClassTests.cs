using LoraGen.Generator.Evaluating;

namespace LoraGen.Generator.Tests.Evaluating;

/// <summary>Code that the generator runs itself: each piece against the same piece compiled.</summary>
public sealed class GeneratedClassTests
{
    private static readonly string[] Bodies =
    [
        "return 7 / 2 + -7 / 2 + 7 % -4 - (-7 % 4);",
        "return (7 + 2L) / 2;",
        "return 1 / 3f + 2 * 0.1f;",
        "return 1 / 3f + 2 * 0.1;",
        "return 10 / 4 * 2.5;",
        "return (int)-3.9 + (long)3.9 + (int)7L;",
        "return (double)(float)0.1;",
        "return 1 << 33 | 5 & 6 ^ 3 << 1 >> 1;",
        "return ~5 + +3;",
        "return !(3 > 2) || 2 >= 2 && 1 != 2;",
        "return true ^ false | true & false;",
        "return \"a\" + 3 + \"b\" + null + \"\\n\";",
        "var i = 4; return $\"block_{i}.{i + 1}{{}}\";",
        "return \"ab\" == \"a\" + \"b\" && \"ab\".Length == 2;",
        "var i = 5; var j = i++ + ++i; j -= i--; return j * 100 + i;",
        "long x = 5; x *= 3; x /= 2; x %= 4; x <<= 3; x >>= 1; return x;",
        "double x = 3; x /= 2; return x;",
        "float x = 3; x /= 2; return x;",
        "int? none = null; int? some = 4; return (none ?? 7) * (some ?? 9);",
        "int x = default; long y = default; double z = default(double); bool w = default; return x + y + z + (w ? 1 : 0);",
        "var total = 0; for (int i = 0, j = 9; i < j; i++, j--) { if (i == 2) continue; if (j == 6) break; total += i * j; } return total;",
        "var total = 0; while (true) { total += 3; if (total > 10) break; } do total++; while (total % 5 != 0); return total;",
        "var total = 0; foreach (var i in global::System.Linq.Enumerable.Range(2, 4)) total += i * i; return total;",
        "var sizes = new long[] { 2, 3 }; var others = new[] { 1, 2L }; return sizes[1] * others[0] + sizes.Length;",
        "var pair = (3, 4); return pair.Item1 * pair.Item2;",
        "var x = 5; switch (x) { case 1: return 1; case 5: x = 8; break; default: return 2; } return x;",
        "switch (9) { case > 5 and < 9: return 1; case 3 or 4: return 2; default: return 3; }",
        "var x = 6; return x switch { < 3 => 1, 5 or 6 => 2.5, _ => 3 } / 2;",
        "var x = 6; return (x switch { < 3 => 1, 5 or 6 => 7, _ => 3 }) / 2;",
        "string? x = null; return x is null ? 1 : 2;",
        "return (3 > 2 ? 7 : 2.0) / 2;",
        "return (3 > 2 ? 7 : 2L) / 2;",
        "return global::System.Math.Max(3, 4L) + global::System.Math.Min(3.5, 4) + global::System.Math.Abs(-3) + global::System.Math.Clamp(9, 2, 5);",
        "return global::System.Math.Round(2.5) + global::System.Math.Round(3.5) + global::System.Math.Floor(-2.5) + global::System.Math.Truncate(-2.5);",
        "return G(3) + G(4);",
        "return checked(3 * 4);",
        "return H() / 2;",
        "return 3 > 2 ? 7 : throw null;",
        "int x = 3; var y = R(ref x, 2) + x; return y * 100 + x;",
        "var day = global::System.DayOfWeek.Friday; return (int)day + (day == (global::System.DayOfWeek)5 ? 10 : 20) + (day is global::System.DayOfWeek.Monday ? 1 : 2);",
        "{ var x = 3; { var y = x; x = y * 2; } if (x > 5) return x; else return -x; }",
    ];

    private static readonly string Text = "public static class Code\n{\n"
        + string.Concat(Bodies.Select((body, i) => $"    public static object F{i}() {{ {body} }}\n"))
        + "    private static long G(long x) { return x / 2; }\n"
        + "    private static double H() { return 3; }\n"
        + "    private static int R(ref int x, int y) { x += y; y = 9; return x * y; }\n"
        + "}\n";

    private static readonly Dictionary<string, EnumValue> Members = new[] { DayOfWeek.Monday, DayOfWeek.Friday }
        .ToDictionary(day => $"global::System.DayOfWeek.{day}", day => new EnumValue("global::System.DayOfWeek", (long)day));

    [Fact]
    public void ComputesWhatTheMachineComputes()
    {
        using var code = Lora.Empty.Allowing("CS0162", "CS8519", "CS8520").Files(Text).Run().Load();
        var told = new GeneratedClass(Text, Members);
        for (var i = 0; i < Bodies.Length; i++)
        {
            var computed = code.Type("Code").GetMethod($"F{i}")!.Invoke(null, null);
            Assert.True(Equals(computed, told.Call($"F{i}")), $"{Bodies[i]}\nis {computed}, told {told.Call($"F{i}")}");
        }
    }

    [Theory]
    [InlineData("return 1 / (3 - 3);")]
    [InlineData("var x = 2147483647; return x + 1;")]
    [InlineData("return 9223372036854775807L * 2;")]
    [InlineData("return (int)1e20;")]
    [InlineData("return (int)3000000000L;")]
    [InlineData("return 3m * 2;")]
    [InlineData("return 3u + 4;")]
    [InlineData("return 'a' + 1;")]
    [InlineData("return $\"{1.5}\";")]
    [InlineData("return global::System.Math.Pow(2, 3);")]
    [InlineData("return global::Some.Other.Thing;")]
    [InlineData("return global::System.IO.File.ReadAllText(\"x\").Length;")]
    [InlineData("return unknown;")]
    [InlineData("return Missing(3);")]
    [InlineData("return new global::System.Random().Next();")]
    [InlineData("for (;;) { }")]
    [InlineData("goto end; end: return 1;")]
    [InlineData("return (3 > 2 ? 7 : unknown) / 2;")]
    [InlineData("return G(); } static object G() { return G();")]
    [InlineData("throw new global::System.Exception();")]
    public void TellsNothingElse(string body)
    {
        Assert.ThrowsAny<Exception>(() => new GeneratedClass($"static class Code {{ static object F() {{ {body} }} }}", Members).Call("F"));
    }
}
