using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Harness;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Equal_texts_have_none() => Assert.Equal("", UnifiedDiff.Of("a\nb\n", "a\nb\n"));

    [Fact]
    public void Change_is_shown_with_context() =>
        Assert.Equal(
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
            UnifiedDiff.Of(Numbers(10), Numbers(10).Replace("5", "five")));

    [Fact]
    public void Far_changes_have_hunks_of_their_own()
    {
        var diff = UnifiedDiff.Of(Numbers(20), Numbers(20).Replace("\n3\n", "\n").Replace("\n18\n", "\n18\nmore\n"));

        Assert.Equal("@@ -1,6 +1,5 @@\n 1\n 2\n-3\n 4\n 5\n 6\n@@ -16,5 +15,6 @@\n 16\n 17\n 18\n+more\n 19\n 20\n", diff);
    }

    [Fact]
    public void Near_changes_share_a_hunk() =>
        Assert.Equal(
            "@@ -1,10 +1,10 @@\n 1\n-2\n+two\n 3\n 4\n 5\n 6\n 7\n-8\n+eight\n 9\n 10\n",
            UnifiedDiff.Of(Numbers(10), Numbers(10).Replace("2", "two").Replace("8", "eight")));

    [Fact]
    public void Empty_text_against_lines() => Assert.Equal("@@ -1,1 +1,2 @@\n+a\n \n", UnifiedDiff.Of("", "a\n"));

    private static string Numbers(int last) => string.Join('\n', Enumerable.Range(1, last));
}
