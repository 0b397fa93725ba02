using System.Text.Json;
using System.Text.Json.Nodes;
using FineTuning.MiniLm;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>Files of tokenizer.json with real vocabularies, written as the models of their names have them.</summary>
internal static class OracleFiles
{
    public static JsonObject Gpt2()
    {
        var file = TokenizerFile.ByteLevel();
        file["model"]!["vocab"] = Numbered([.. Gpt2Vocabulary.Tokens, "<|endoftext|>"]);
        file["model"]!["merges"] = JsonSerializer.SerializeToNode(Gpt2Vocabulary.Merges.Select(merge => $"{merge.Left} {merge.Right}"));
        file["added_tokens"] = new JsonArray(TokenizerFile.Added(50256, "<|endoftext|>", normalized: true));
        return file;
    }

    /// <summary>Roberta's way: a space before every text, and marks around it.</summary>
    public static JsonObject Gpt2Lower()
    {
        var file = Gpt2();
        file["normalizer"] = JsonNode.Parse("""{ "type": "Sequence", "normalizers": [{ "type": "NFKC" }, { "type": "Lowercase" }] }""");
        file["pre_tokenizer"]!["add_prefix_space"] = true;
        file["post_processor"] = JsonNode.Parse("""
            { "type": "RobertaProcessing", "cls": ["<|endoftext|>", 50256], "sep": ["<|endoftext|>", 50256], "trim_offsets": true, "add_prefix_space": true }
            """);
        return file;
    }

    /// <summary>A cut that removes, one that isolates, and GPT-2's.</summary>
    public static JsonObject Gpt2Cut()
    {
        var file = Gpt2();
        file["normalizer"] = new JsonObject { ["type"] = "NFD" };
        file["pre_tokenizer"] = JsonNode.Parse("""
            { "type": "Sequence", "pretokenizers": [
              { "type": "Split", "pattern": { "Regex": "[^\\s]+|\\s{2}" }, "behavior": "Removed", "invert": true },
              { "type": "Split", "pattern": { "String": "a" }, "behavior": "Isolated", "invert": false },
              { "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true } ] }
            """);
        return file;
    }

    /// <summary>Merges as pairs, NFC, and added tokens of every kind.</summary>
    public static JsonObject Qwen2()
    {
        var file = Gpt2();
        file["normalizer"] = new JsonObject { ["type"] = "NFC" };
        file["pre_tokenizer"] = TokenizerFile.Cut(TokenizerFile.Qwen2Pattern);
        file["model"]!["merges"] = JsonSerializer.SerializeToNode(Gpt2Vocabulary.Merges.Select(merge => new[] { merge.Left, merge.Right }));
        file["added_tokens"] = new JsonArray(
            TokenizerFile.Added(50256, "<|endoftext|>"), TokenizerFile.Added(50257, "<|im_start|>"), TokenizerFile.Added(50258, "<|im_end|>"),
            TokenizerFile.Added(50259, "<mask>", lstrip: true), TokenizerFile.Added(50260, "<tool>", rstrip: true),
            TokenizerFile.Added(50261, "<both>", lstrip: true, rstrip: true), TokenizerFile.Added(50262, "e\u0301!", normalized: true),
            TokenizerFile.Added(50263, "<|im_start|><|im_start|>"));
        return file;
    }

    /// <summary>Whole pieces before merges, and a beginning before every text.</summary>
    public static JsonObject Llama3()
    {
        var file = Gpt2();
        file["pre_tokenizer"] = TokenizerFile.Cut(TokenizerFile.Llama3Pattern);
        file["model"]!["ignore_merges"] = true;
        file["model"]!["vocab"]!["Ġunmergeable"] = 50257;
        file["model"]!["vocab"]!["Ã©tÃ©s"] = 50258;
        file["added_tokens"] = new JsonArray(TokenizerFile.Added(50259, "<|begin_of_text|>"), TokenizerFile.Added(50260, "<|eot_id|>"));
        file["post_processor"] = JsonNode.Parse("""
            { "type": "Sequence", "processors": [
              { "type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true },
              { "type": "TemplateProcessing",
                "single": [{ "SpecialToken": { "id": "<|begin_of_text|>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } }],
                "pair": [{ "Sequence": { "id": "A", "type_id": 0 } }, { "Sequence": { "id": "B", "type_id": 1 } }],
                "special_tokens": { "<|begin_of_text|>": { "id": "<|begin_of_text|>", "ids": [50259], "tokens": ["<|begin_of_text|>"] } } } ] }
            """);
        return file;
    }

    /// <summary>Spaces as ▁, bytes for what is in no token; its tokens are those of GPT-2 that are ASCII.</summary>
    public static JsonObject Llama2()
    {
        var file = (JsonObject)JsonNode.Parse("""
            {
              "version": "1.0",
              "normalizer": { "type": "Sequence", "normalizers": [
                { "type": "Prepend", "prepend": "▁" }, { "type": "Replace", "pattern": { "String": " " }, "content": "▁" } ] },
              "pre_tokenizer": null,
              "post_processor": { "type": "TemplateProcessing",
                "single": [{ "SpecialToken": { "id": "<s>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } }],
                "pair": [{ "Sequence": { "id": "A", "type_id": 0 } }, { "Sequence": { "id": "B", "type_id": 1 } }],
                "special_tokens": { "<s>": { "id": "<s>", "ids": [1], "tokens": ["<s>"] } } },
              "decoder": { "type": "Sequence", "decoders": [
                { "type": "Replace", "pattern": { "String": "▁" }, "content": " " }, { "type": "ByteFallback" }, { "type": "Fuse" },
                { "type": "Strip", "content": " ", "start": 1, "stop": 0 } ] },
              "model": { "type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null, "end_of_word_suffix": null,
                "fuse_unk": true, "byte_fallback": true, "ignore_merges": false }
            }
            """)!;
        file["model"]!["vocab"] = Numbered(SentencePieces.Pieces);
        file["model"]!["merges"] = JsonSerializer.SerializeToNode(SentencePieces.Merges());
        file["added_tokens"] = new JsonArray(TokenizerFile.Added(0, "<unk>"), TokenizerFile.Added(1, "<s>"), TokenizerFile.Added(2, "</s>"));
        return file;
    }

    /// <summary>As newer versions of transformers write it: a space before the text, and none after an added token.</summary>
    public static JsonObject Llama2Metaspace()
    {
        var file = Llama2();
        file["normalizer"] = null;
        file["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = "first", ["split"] = false };
        return file;
    }

    /// <summary>A piece for each word, with the space before it.</summary>
    public static JsonObject Llama2Words()
    {
        var file = Llama2();
        file["normalizer"] = new JsonObject { ["type"] = "NFKD" };
        file["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = "always", ["split"] = true };
        file["decoder"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = "always", ["split"] = true };
        file["post_processor"] = JsonNode.Parse("""{ "type": "BertProcessing", "cls": ["<s>", 1], "sep": ["</s>", 2] }""");
        return file;
    }

    public static JsonObject Bert(bool lowercase)
    {
        var file = (JsonObject)JsonNode.Parse("""
            {
              "version": "1.0",
              "pre_tokenizer": { "type": "BertPreTokenizer" },
              "post_processor": { "type": "TemplateProcessing",
                "single": [
                  { "SpecialToken": { "id": "[CLS]", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } },
                  { "SpecialToken": { "id": "[SEP]", "type_id": 0 } }],
                "pair": [{ "Sequence": { "id": "A", "type_id": 0 } }, { "Sequence": { "id": "B", "type_id": 1 } }],
                "special_tokens": {
                  "[CLS]": { "id": "[CLS]", "ids": [101], "tokens": ["[CLS]"] }, "[SEP]": { "id": "[SEP]", "ids": [102], "tokens": ["[SEP]"] } } },
              "decoder": { "type": "WordPiece", "prefix": "##", "cleanup": true },
              "model": { "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100 }
            }
            """)!;
        file["normalizer"] = new JsonObject
        {
            ["type"] = "BertNormalizer", ["clean_text"] = true, ["handle_chinese_chars"] = true, ["strip_accents"] = null, ["lowercase"] = lowercase,
        };
        var tokens = BertTokens();
        file["model"]!["vocab"] = Numbered(tokens);
        string[] marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
        file["added_tokens"] = new JsonArray([.. marks.Select(mark => TokenizerFile.Added(tokens.IndexOf(mark), mark))]);
        return file;
    }

    // all-MiniLM-L6-v2's, which is BERT's.
    private static List<string> BertTokens()
    {
        using var reader = new StreamReader(MiniLmPackage.Open("vocab.txt"));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];
    }

    private static JsonNode Numbered(IEnumerable<string> tokens)
    {
        return JsonSerializer.SerializeToNode(tokens.Select((token, number) => (token, number)).ToDictionary(pair => pair.token, pair => pair.number))!;
    }
}
