namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>After each of thousands of random edits the incremental driver gives what a fresh one gives, and never fails.</summary>
public sealed class RandomEditTests
{
    private const int Length = 56;

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, Count)];

    // More of them for a longer hunt.
    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("LORAGEN_EDIT_SEEDS"), out var count) ? count : 9;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Careful_edits_of_a_build(int seed) => new RandomScript(Corpus.Project, EditKinds.Careful, seed, Length).Verify();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Careful_edits_without_interceptors(int seed) => new RandomScript(Corpus.WithoutInterceptors, EditKinds.Careful, -seed, Length).Verify();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Careless_edits_of_a_build(int seed) => new RandomScript(Corpus.Project, EditKinds.Careless, seed, Length).Verify();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Careless_edits_without_interceptors(int seed) => new RandomScript(Corpus.WithoutInterceptors, EditKinds.Careless, -seed, Length).Verify();

    /// <summary>The states that are compiled are no empty set.</summary>
    [Fact]
    public void Careful_edits_leave_projects_that_compile() => Assert.InRange(
        new RandomScript(Corpus.WithoutInterceptors, EditKinds.Careful, Seed: 1, Length).Verify(), 2, 4);

    [Fact]
    public void Corpus_passes_every_check() => Assert.Equal(21, Corpus.Project.Run().Sources.Count);
}
