using System.Globalization;
using System.Text.Json.Nodes;
using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>A tokenizer of a model's name, for Hugging Face's library and for the sample.</summary>
/// <param name="File">The tokenizer.json, which Hugging Face's library reads.</param>
/// <param name="Files">The files that the sample reads.</param>
internal sealed record OracleCase(JsonObject File, params (string Name, byte[] Content)[] Files)
{
    public static readonly IReadOnlyDictionary<string, Func<OracleCase>> All = new Dictionary<string, Func<OracleCase>>
    {
        ["GPT-2"] = () => Json(OracleFiles.Gpt2()),
        ["GPT-2, NFKC and lower case"] = () => Json(OracleFiles.Gpt2Lower()),
        ["GPT-2, NFD and three cuts"] = () => Json(OracleFiles.Gpt2Cut()),
        ["Qwen2"] = () => Json(OracleFiles.Qwen2()),
        ["Qwen2, vocab.json and merges.txt"] = () => VocabularyAndMerges(OracleFiles.Qwen2()),
        ["Llama 3"] = () => Json(OracleFiles.Llama3()),
        ["Llama 2"] = () => Json(OracleFiles.Llama2()),
        ["Llama 2, Metaspace"] = () => Json(OracleFiles.Llama2Metaspace()),
        ["Llama 2, NFKD and words"] = () => Json(OracleFiles.Llama2Words()),
        ["Llama 2, tokenizer.model"] = () => new OracleCase(OracleFiles.Llama2(), ("tokenizer.model", SentencePieces.Model())),
        ["BERT, uncased"] = () => Json(OracleFiles.Bert(lowercase: true)),
        ["BERT, cased"] = () => Json(OracleFiles.Bert(lowercase: false)),
    };

    /// <summary>The tokens that Hugging Face's decoding leaves out.</summary>
    public HashSet<int> Special =>
        [.. File["added_tokens"]!.AsArray().Where(token => token!["special"]!.GetValue<bool>()).Select(token => token!["id"]!.GetValue<int>())];

    public Tokenizer Read()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, content) in Files)
            folder.Write(name, content);
        return Tokenizer.Read(folder.Path);
    }

    private static OracleCase Json(JsonObject file) => new(file, ("tokenizer.json", Bytes(file.ToJsonString())));

    private static OracleCase VocabularyAndMerges(JsonObject file)
    {
        var added = new JsonObject();
        foreach (var token in file["added_tokens"]!.AsArray())
        {
            var entry = (JsonObject)token!.DeepClone();
            entry.Remove("id");
            added[token!["id"]!.GetValue<int>().ToString(CultureInfo.InvariantCulture)] = entry;
        }

        var config = new JsonObject { ["tokenizer_class"] = "Qwen2Tokenizer", ["add_prefix_space"] = false, ["added_tokens_decoder"] = added };
        var merges = Gpt2Vocabulary.Merges.Select(merge => $"{merge.Left} {merge.Right}\n");
        return new OracleCase(
            file, ("vocab.json", Bytes(file["model"]!["vocab"]!.ToJsonString())), ("merges.txt", Bytes($"#version: 0.2\n{string.Concat(merges)}")),
            ("tokenizer_config.json", Bytes(config.ToJsonString())));
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
