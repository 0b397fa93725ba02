using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>
/// Every kind of folder that LoraGen writes, by the rules of PEFT: no key is missing or unexpected, the same layers are adapted with the same scaling, and the
/// same modules are trained. And LoraGen reads its own folders.
/// </summary>
public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Written => [.. Folders.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Written))]
    public void PEFT_reads_what_was_saved(string name)
    {
        using var model = Folders.All[name].Create();
        var modules = BaseModule.Of(model);
        using var adapter = Trained(Folders.All[name].Attach(model));
        var trained = Trainable(model);
        adapter.Save(_folder.Path);

        // LayerNorm tuning has no sites: PEFT puts a copy in the place of each normalization.
        string[] adapted = adapter.Sites.Count > 0
            ? [.. adapter.Sites.SelectMany(PathsOf)]
            : [.. trained.Select(path => path[..path.LastIndexOf('.')]).Distinct(StringComparer.Ordinal)];
        foreach (var isOlder in (bool[])[false, true])
        {
            var reading = PeftReader.Read(modules, PlaceOf(adapter), isOlder);
            Assert.Empty(reading.Faults);
            Assert.Equal(adapted.Order(StringComparer.Ordinal), reading.Scalings.Keys.Order(StringComparer.Ordinal));
            foreach (var site in adapter.Sites.OfType<LowRankSite>())
                Assert.Equal(site.Scaling, reading.Scalings[site.Path], 9);
            foreach (var site in adapter.Sites.OfType<AdaLoraSite>())
                Assert.Equal(site.Scaling, reading.Scalings[site.Path], 9);

            // All that is trained gets its values, and nothing else but biases and adapters is written into the base model.
            var copies = adapter.Sites.Count > 0 ? reading.Held : [.. reading.Held, .. adapted];
            var held = copies.Select(path => path + ".").ToArray();
            var loaded = reading.Base.Select(key => key.Replace(".base_layer.", ".", StringComparison.Ordinal)).ToArray();
            Assert.All(trained, path => Assert.True(loaded.Contains(path) || held.Any(path.StartsWith), path));
            Assert.All(loaded, path => Assert.Contains(path, trained));
        }
    }

    [Theory, MemberData(nameof(Written))]
    public void LoraGen_reads_what_was_saved(string name)
    {
        using var model = Folders.All[name].Create();
        byte[][] expected;
        using (var adapter = Trained(Folders.All[name].Attach(model)))
        {
            adapter.Save(_folder.Path);
            expected = [.. adapter.TrainedParameters().Select(Expect.Bytes)];
        }

        using var again = Folders.All[name].Attach(model);
        again.Load(_folder.Path);
        Assert.Equal(expected, again.TrainedParameters().Select(Expect.Bytes));
        var files = Directory.GetFiles(PlaceOf(again)).ToDictionary(file => file, File.ReadAllBytes);
        again.Save(_folder.Path);
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public void There_are_folders_of_every_kind() => Assert.True(Folders.All.Count >= 42);

    private static Adapter Trained(Adapter adapter) => Make.Trained(adapter);

    private string PlaceOf(Adapter adapter) => adapter.Name == "default" ? _folder.Path : _folder[adapter.Name];

    private static IEnumerable<string> PathsOf(Site site) => [site.Path];

    private static string[] Trainable(nn.Module model)
    {
        return
        [
            .. model.named_parameters()
                .Where(named => named.parameter.requires_grad)
                .Select(named => BaseModule.Clean(named.name)),
        ];
    }
}
