using System.Text;

namespace Inference.Tokenizing;

/// <summary>
/// A checkpoint's tokenizer: byte-pair encoding or WordPiece by Microsoft.ML.Tokenizers, and around it what Hugging Face's files specify for added tokens,
/// normalizing and decoding. Truncation and padding, which a file can also specify, are left to the caller, as in transformers.
/// </summary>
internal sealed class Tokenizer
{
    private const string FileName = "tokenizer.json";

    private readonly ITextModel _model;
    private readonly AddedTokens _raw;
    private readonly AddedTokens _normalized;
    private readonly Func<string, string> _normalize;
    private readonly TokenTemplate _template;
    private readonly Func<IEnumerable<string>, IEnumerable<string>> _decode;
    private readonly Dictionary<int, string> _texts;

    private Tokenizer(
        ITextModel model, IReadOnlyList<AddedToken> added, Func<string, string> normalize, TokenTemplate template,
        Func<IEnumerable<string>, IEnumerable<string>> decode)
    {
        _model = model;
        _raw = new AddedTokens(added.Where(token => !token.IsNormalized), static text => text);
        _normalized = new AddedTokens(added.Where(token => token.IsNormalized), normalize);
        _normalize = normalize;
        _template = template;
        _decode = decode;
        _texts = model.Vocabulary.ToDictionary(entry => entry.Value, entry => entry.Key);
        foreach (var token in added)
            _texts[token.Id] = token.Content;
    }

    /// <summary>The tokenizer of a checkpoint's folder: tokenizer.json, else vocab.json with merges.txt, else tokenizer.model.</summary>
    /// <exception cref="FileNotFoundException">The folder has none of them.</exception>
    /// <exception cref="InvalidDataException">A file is broken: the message names the place.</exception>
    /// <exception cref="NotSupportedException">A file requires something that is not supported.</exception>
    public static Tokenizer Read(string folder)
    {
        if (Has(FileName))
            return Read(TokenizerJson.Read(Path.Combine(folder, FileName)));
        if (Has(VocabularyFiles.Vocabulary) && Has(VocabularyFiles.Merges))
            return VocabularyFiles.Read(folder, new TokenizerConfig(folder));
        if (Has(SentencePieceFile.Name))
            return SentencePieceFile.Read(folder, new TokenizerConfig(folder));
        throw new FileNotFoundException(
            $"\"{folder}\" has no {FileName}, no {VocabularyFiles.Vocabulary} with {VocabularyFiles.Merges} and no {SentencePieceFile.Name}, "
            + "so a prompt can't be read: give --ids instead.");

        bool Has(string name) => File.Exists(Path.Combine(folder, name));
    }

    /// <summary>The tokens of a text, with those that the file adds around it. Half a surrogate pair counts as U+FFFD, as in UTF-8.</summary>
    public IReadOnlyList<int> Encode(string text) => _template.Around(EncodeAlone(text));

    /// <summary>The tokens of a text that is a part of another, such as a message of a conversation: without those that the file adds.</summary>
    public IReadOnlyList<int> EncodeAlone(string text) => [.. Tokens(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))];

    /// <exception cref="ArgumentOutOfRangeException">A number is not a token.</exception>
    public string Decode(IEnumerable<int> tokens)
    {
        return string.Concat(_decode(tokens.Select(token => _texts.TryGetValue(token, out var text)
            ? text
            : throw new ArgumentOutOfRangeException(nameof(tokens), token, "No token has this number."))));
    }

    /// <summary>The tokenizer that the parts of a tokenizer.json describe, with the given added tokens and template.</summary>
    public static Tokenizer Read(TokenizerJson file, Func<IReadOnlyDictionary<string, int>, IReadOnlyList<AddedToken>> added, TokenTemplate template)
    {
        var part = file.Needed("model");
        ITextModel model = (part.Text("type") ?? (part.Part("merges") is null ? null : "BPE")) switch
        {
            "BPE" => new BpeModel(part, file.Part("pre_tokenizer")),
            "WordPiece" => new WordPieceModel(part, file.Part("pre_tokenizer")),
            _ => throw part.Needed("type").Unsupported("BPE and WordPiece"),
        };
        return new Tokenizer(model, added(model.Vocabulary), Normalizers.Read(file.Part("normalizer")), template, Decoders.Read(file.Part("decoder")));
    }

    private static Tokenizer Read(TokenizerJson file)
    {
        file.With("version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model");
        var added = file.Part("added_tokens") is null ? [] : file.Items("added_tokens").Select(part => (part.Needed("id").AsNumber(), part));
        return Read(file, vocabulary => AddedToken.ReadAll(added, vocabulary), TokenTemplate.Read(file.Part("post_processor")));
    }

    private IEnumerable<int> Tokens(string text)
    {
        var isFirst = true;
        foreach (var (token, between) in _raw.Split(text).SelectMany(Normalize))
        {
            if (token is { } added)
            {
                yield return added;
            }
            else
            {
                foreach (var id in _model.Encode(between, isFirst))
                    yield return id;
            }

            isFirst = false;
        }
    }

    private IEnumerable<(int? Token, string Text)> Normalize((int? Token, string Text) part)
    {
        return part.Token is null ? _normalized.Split(_normalize(part.Text)) : [part];
    }
}
