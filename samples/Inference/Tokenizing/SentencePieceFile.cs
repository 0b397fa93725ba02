using System.Text.Json;
using System.Text.Json.Nodes;

namespace Inference.Tokenizing;

/// <summary>
/// The <c>tokenizer.model</c> of Llama 1 and 2, read as the tokenizer.json that transformers converts it to. The package's own <c>SentencePieceTokenizer</c>
/// joins the rightmost of equal pairs first, where SentencePiece and Hugging Face join the leftmost: ``` became ` and `` there.
/// </summary>
internal static class SentencePieceFile
{
    public const string Name = "tokenizer.model";

    public static Tokenizer Read(string folder, TokenizerConfig config)
    {
        config.CheckClass("LlamaTokenizer", "LlamaTokenizerFast");
        config.CheckFlag("legacy", true); // Otherwise no space is added after an added token.
        var path = Path.Combine(folder, Name);
        var proto = new SentencePieceProto(path);
        var marks = proto.Pieces.Select((piece, number) => (piece.Text, Number: number, piece.Kind))
            .Where(piece => piece.Kind is SentencePieceProto.PieceKind.Unknown or SentencePieceProto.PieceKind.Control).ToArray();
        var file = (JsonObject)JsonNode.Parse("""
            {
              "normalizer": { "type": "Sequence", "normalizers": [{ "type": "Replace", "pattern": { "String": " " }, "content": "▁" }] },
              "decoder": { "type": "Sequence", "decoders": [
                { "type": "Replace", "pattern": { "String": "▁" }, "content": " " }, { "type": "ByteFallback" }, { "type": "Fuse" } ] }
            }
            """)!;
        if (proto.AddsSpace)
        {
            file["normalizer"]!["normalizers"]!.AsArray().Insert(0, new JsonObject { ["type"] = "Prepend", ["prepend"] = "▁" });
            file["decoder"]!["decoders"]!.AsArray().Add(new JsonObject { ["type"] = "Strip", ["content"] = " ", ["start"] = 1, ["stop"] = 0 });
        }

        file["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["unk_token"] = marks.Where(mark => mark.Kind == SentencePieceProto.PieceKind.Unknown).Select(mark => mark.Text).FirstOrDefault(),
            ["fuse_unk"] = true,
            ["byte_fallback"] = proto.FallsBackToBytes,
            ["vocab"] = JsonSerializer.SerializeToNode(proto.Pieces.Select((piece, number) => KeyValuePair.Create(piece.Text, number)).ToDictionary()),
            ["merges"] = JsonSerializer.SerializeToNode(Merges(proto)),
        };
        var root = new TokenizerJson(path, string.Empty, JsonSerializer.SerializeToElement(file));
        var template = new TokenTemplate(config.Flag("add_bos_token", true) ? [proto.Beginning] : [], config.Flag("add_eos_token", false) ? [proto.End] : []);
        return Tokenizer.Read(root, vocabulary => config.Added(vocabulary) ?? [.. marks.Select(mark => AddedToken.Plain(mark.Number, mark.Text))], template);
    }

    // For each piece, by descending score, every pair of pieces that form it, in the order of their numbers, as in the tokenizer.json of Llama 2.
    private static IEnumerable<string[]> Merges(SentencePieceProto proto)
    {
        var numbers = proto.Pieces.Select((piece, number) => (piece, number))
            .Where(entry => entry.piece.Kind == SentencePieceProto.PieceKind.Normal)
            .ToDictionary(entry => entry.piece.Text, entry => entry.number, StringComparer.Ordinal);
        return numbers.Keys.OrderByDescending(piece => proto.Pieces[numbers[piece]].Score).SelectMany(piece => Enumerable.Range(1, piece.Length - 1)
            .Select(at => new[] { piece[..at], piece[at..] })
            .Where(pair => pair.All(numbers.ContainsKey))
            .OrderBy(pair => numbers[pair[0]]).ThenBy(pair => numbers[pair[1]]));
    }
}
