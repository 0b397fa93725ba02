using System.Text.Json;

namespace Inference.Tokenizing;

/// <summary>
/// A byte-pair tokenizer as a <c>tokenizer.json</c> describes it: GPT-2's, Qwen's, Llama 3's, and Llama 2's with its byte fallback. Truncation and padding,
/// which such a file can also have, are left to the caller.
/// </summary>
internal sealed class Tokenizer
{
    public const string FileName = "tokenizer.json";

    private readonly AddedTokens _raw;
    private readonly AddedTokens _normalized;
    private readonly Func<string, string> _normalize;
    private readonly Func<string, IEnumerable<string>> _cut;
    private readonly BpeModel _model;
    private readonly TokenTemplate _template;
    private readonly Func<IEnumerable<string>, IEnumerable<string>> _decode;
    private readonly Dictionary<int, string> _texts;

    private Tokenizer(TokenizerJson file)
    {
        var added = file.Part("added_tokens") is null ? [] : file.Items("added_tokens").Select(AddedToken.Read).ToArray();
        _raw = AddedTokens.Of(added.Where(token => !token.IsNormalized));
        _normalized = AddedTokens.Of(added.Where(token => token.IsNormalized));
        _normalize = Normalizers.Read(file.Part("normalizer"));
        _cut = PreTokenizers.Read(file.Part("pre_tokenizer"));
        _model = new BpeModel(file.Needed("model"));
        _template = TokenTemplate.Read(file.Part("post_processor"));
        _decode = Decoders.Read(file.Part("decoder"));
        _texts = _model.Vocabulary.ToDictionary(entry => entry.Value, entry => entry.Key);
        foreach (var token in added)
            _texts[token.Id] = token.Content;
    }

    /// <exception cref="FileNotFoundException">The folder has none.</exception>
    /// <exception cref="InvalidDataException">The file is broken: the message names the place.</exception>
    /// <exception cref="NotSupportedException">The file asks for something that is not here.</exception>
    public static Tokenizer Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"\"{folder}\" has no {FileName}, so a prompt can't be read: give --ids instead.", path);

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new Tokenizer(new TokenizerJson(path, document.RootElement.Clone()));
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path}: not JSON: {broken.Message}", broken);
        }
    }

    /// <summary>The tokens of a text, with those that the file puts around it.</summary>
    public IReadOnlyList<int> Encode(string text) => _template.Around(EncodeAlone(text));

    /// <exception cref="ArgumentOutOfRangeException">A number is no token's.</exception>
    public string Decode(IEnumerable<int> tokens)
    {
        return string.Concat(_decode(tokens.Select(token => _texts.TryGetValue(token, out var text)
            ? text
            : throw new ArgumentOutOfRangeException(nameof(tokens), token, "No token has this number."))));
    }

    private IEnumerable<int> EncodeAlone(string text)
    {
        foreach (var (token, between) in _raw.Split(text).SelectMany(Normalize))
        {
            if (token is { } added)
            {
                yield return added;
                continue;
            }

            foreach (var id in _cut(between).SelectMany(_model.Encode))
                yield return id;
        }
    }

    private IEnumerable<(int? Token, string Text)> Normalize((int? Token, string Text) part)
    {
        return part.Token is null ? _normalized.Split(_normalize(part.Text)) : [part];
    }
}
