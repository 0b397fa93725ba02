using System.Globalization;
using Package.Tests.Support;

namespace Package.Tests;

/// <summary>The programs of the documentation that are one file, with the packages as they are packed.</summary>
[Collection(FeedCollection.Name)]
public sealed class FileProgramTests(PackageFeed feed) : IDisposable
{
    private readonly TemporaryFolder _folder = FreshFolder.For(feed);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_program_of_the_read_me_runs()
    {
        await Write("README.md");
        var output = await Run();
        Assert.StartsWith("trainable params: 256 || all params: 1,409 || trainable%: 18.1689", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["my-adapter/adapter_model.safetensors"]));
    }

    [Fact]
    public async Task A_checkpoint_and_a_file_of_examples_become_an_adapter()
    {
        await Write("docs/ten-minutes.md", ("vocabulary: 30522", "vocabulary: 40"), ("layers: 6", "layers: 1"));
        SmallBert.Write(_folder["all-MiniLM-L6-v2"]);
        _folder.Write("reviews.csv", "text,label\n" + string.Concat(Enumerable.Range(0, 800).Select(Review)));

        var output = await Run();
        Assert.Contains("trainable params: 13,058 || all params: ", output, StringComparison.Ordinal);
        var accuracy = output[(output.LastIndexOf("accuracy ", StringComparison.Ordinal) + "accuracy ".Length)..][..5];
        Assert.True(double.Parse(accuracy, CultureInfo.InvariantCulture) > 0.9, output);

        Assert.Equal("1", (await Run("it was good to see again")).Trim().Split('\n')[^1]);
        Assert.Equal("0", (await Run("it was bad to see again")).Trim().Split('\n')[^1]);
    }

    // Whether a text has the word "good" or the word "bad" decides.
    private static string Review(int number)
    {
        var random = new Random(number);
        var words = Enumerable.Range(0, 12).Select(_ => SmallBert.Words[random.Next(2, SmallBert.Words.Count)]).ToArray();
        words[random.Next(words.Length)] = SmallBert.Words[number % 2];
        return $"{string.Join(' ', words)},{1 - (number % 2)}\n";
    }

    private async Task Write(string page, params (string Written, string Here)[] changes)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(BuiltWith.RepositoryRoot, page));
        var program = text.Split("```csharp\n")[1].Split("```")[0];
        foreach (var (written, here) in changes.Append(("@0.1.0", $"@{feed.Version}")).Append(("TorchSharp-cpu@0.107.0", BuiltWith.NativeTorchPackage)))
        {
            Assert.Contains(written, program, StringComparison.Ordinal);
            program = program.Replace(written, here, StringComparison.Ordinal);
        }

        _folder.Write("app.cs", program);
        _folder.Write("Directory.Build.props", "<Project><PropertyGroup><CreateSymbolicLinksForCopyLocalIfPossible>true</CreateSymbolicLinksForCopyLocalIfPossible></PropertyGroup></Project>");
    }

    private Task<string> Run(params string[] arguments) => Command.Dotnet(_folder.Path, ["run", "app.cs", .. arguments.Length > 0 ? ["--", .. arguments] : arguments]);
}
