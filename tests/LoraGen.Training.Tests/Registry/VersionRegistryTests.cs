using LoraGen.Training.Registry;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Registry;

/// <summary>A registry of adapters in a folder.</summary>
public sealed class VersionRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VersionRegistry _registry;

    public VersionRegistryTests() => _registry = new VersionRegistry(_folder["registry"]);

    [Fact]
    public void A_registered_version_is_loaded_with_its_adapter()
    {
        using var recipe = Recipe.Of("LoRA");
        var adapter = recipe.Adapter!;
        using (no_grad())
            adapter.Parameters()[0].fill_(7);
        adapter.Save(_folder["trained"]);
        var expected = recipe.Values();

        _registry.Register(Version("spam-1"), _folder["trained"]);
        Directory.Delete(_folder["trained"], recursive: true);

        var loaded = _registry.Load("spam-1", "BASE");
        Assert.Equal(Version("spam-1").Configuration, loaded.Configuration);
        Assert.Equal(Version("spam-1").Metrics, loaded.Metrics);
        Assert.Equal("data", loaded.DataHash);
        using var other = Recipe.Of("LoRA");
        other.Adapter!.Load(loaded.AdapterFolder);
        Assert.Equal(expected, other.Values());
        Assert.Equal(["spam-1"], Directory.GetFileSystemEntries(_folder["registry"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Versions_are_listed_in_their_order()
    {
        Assert.Empty(_registry.All());
        _folder.Write("trained/inner/weights", "1");
        _registry.Register(Version("b"), _folder["trained"]);
        _registry.Register(Version("a"), _folder["trained"]);

        // What a killed process leaves is no version.
        _folder.Write("registry/.c.0123.tmp/adapter/weights", "1");

        Assert.Equal(["b", "a"], _registry.All().Select(version => version.Name));
        Assert.Equal("1", File.ReadAllText(Path.Combine(_registry.All()[0].AdapterFolder, "inner", "weights")));
    }

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        _folder.Write("trained/weights", "1");
        _registry.Register(Version("a"), _folder["trained"]);
        _folder.Write("trained/weights", "2");

        var refused = Assert.Throws<IOException>(() => _registry.Register(Version("a"), _folder["trained"]));

        Assert.Contains("\"a\" is already registered", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1", File.ReadAllText(Path.Combine(_registry.Load("a").AdapterFolder, "weights")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("../a")]
    [InlineData("a b")]
    public void A_name_that_is_no_folder_is_refused(string name)
    {
        _folder.Write("trained/weights", "1");

        Assert.Throws<ArgumentException>(() => _registry.Register(Version(name), _folder["trained"]));
    }

    [Fact]
    public void A_missing_adapter_is_refused()
    {
        Assert.Throws<DirectoryNotFoundException>(() => _registry.Register(Version("a"), _folder["trained"]));
        Assert.Empty(_registry.All());
    }

    [Fact]
    public void Another_base_model_is_refused()
    {
        _folder.Write("trained/weights", "1");
        _registry.Register(Version("a"), _folder["trained"]);
        _registry.Register(Version("b") with { BaseHash = null }, _folder["trained"]);

        Assert.Equal("a", _registry.Load("a").Name);
        Assert.Contains(
            "\"a\" was trained on the base model base, and this one is other.",
            Assert.Throws<InvalidDataException>(() => _registry.Load("a", "other")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "a base model whose hash wasn't registered",
            Assert.Throws<InvalidDataException>(() => _registry.Load("b", "base")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_files_are_refused()
    {
        _folder.Write("trained/weights", "1");
        _registry.Register(Version("a"), _folder["trained"]);
        _folder.Write("registry/a/adapter/weights", "2");

        Assert.Contains(
            "aren't those that were registered", Assert.Throws<InvalidDataException>(() => _registry.Load("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_lists_those_that_there_are()
    {
        _folder.Write("trained/weights", "1");
        Assert.EndsWith("It has none.", Assert.Throws<KeyNotFoundException>(() => _registry.Load("a")).Message, StringComparison.Ordinal);
        _registry.Register(Version("b"), _folder["trained"]);

        Assert.EndsWith("It has b.", Assert.Throws<KeyNotFoundException>(() => _registry.Load("../registry/b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_shows_what_differs()
    {
        _folder.Write("trained/weights", "1");
        _registry.Register(Version("a"), _folder["trained"]);
        _registry.Register(
            Version("b") with
            {
                DataHash = "other",
                BaseHash = "BASE",
                Configuration = new Dictionary<string, string> { ["method"] = "lora", ["rank"] = "16", ["seed"] = "1" },
                Metrics = new Dictionary<string, double> { ["accuracy"] = 0.9, ["peak memory, bytes"] = 600e6, ["loss"] = 0.5 },
            },
            _folder["trained"]);

        Assert.Equal(
            """
            a → b
            rank: 8 → 16
            seed: absent → 1
            data: data → other
            base model: the same
            accuracy: 0.8 → 0.9 (+0.1, +12.5 %)
            loss: absent → 0.5
            peak memory, bytes: 800,000,000 → 600,000,000 (-200,000,000, -25.0 %)
            step, s: 0 → absent
            """.ReplaceLineEndings("\n"),
            _registry.Compare("a", "b"));
    }

    public void Dispose() => _folder.Dispose();

    private static TrainedVersion Version(string name) => new()
    {
        Name = name,
        Configuration = new Dictionary<string, string> { ["method"] = "lora", ["rank"] = "8" },
        Metrics = new Dictionary<string, double> { ["accuracy"] = 0.8, ["peak memory, bytes"] = 800e6, ["step, s"] = 0 },
        DataHash = "data",
        BaseHash = "base",
    };
}
