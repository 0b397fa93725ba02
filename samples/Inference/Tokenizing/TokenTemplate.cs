using System.Text.Json;

namespace Inference.Tokenizing;

/// <summary>The tokens that are added around every text, such as Llama's beginning of a text: a file's <c>post_processor</c>.</summary>
internal sealed record TokenTemplate(IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    public static readonly TokenTemplate None = new([], []);

    public static TokenTemplate Read(TokenizerJson? part)
    {
        switch (part?.Type)
        {
            case null or "ByteLevel": // It trims offsets, which are not used here.
                return None;
            case "TemplateProcessing":
                return Template(part);
            case "BertProcessing":
                part.With("type", "sep", "cls");
                return new TokenTemplate([NumberOf(part.Needed("cls"))], [NumberOf(part.Needed("sep"))]);
            case "RobertaProcessing":
                part.With("type", "sep", "cls", "trim_offsets", "add_prefix_space");
                return new TokenTemplate([NumberOf(part.Needed("cls"))], [NumberOf(part.Needed("sep"))]);
            case "Sequence":
                return part.With("type", "processors").Items("processors").Select(Read).Aggregate(
                    None, static (inner, outer) => new TokenTemplate([.. outer.Before, .. inner.Before], [.. inner.After, .. outer.After]));
            default:
                throw part.Needed("type").Unsupported("ByteLevel, TemplateProcessing, BertProcessing, RobertaProcessing and Sequence");
        }
    }

    public IReadOnlyList<int> Around(IEnumerable<int> tokens) => [.. Before, .. tokens, .. After];

    private static TokenTemplate Template(TokenizerJson part)
    {
        part.With("type", "single", "pair", "special_tokens");
        var lists = new List<List<int>> { new() };
        foreach (var item in part.Items("single"))
        {
            if (item.Part("Sequence") is not null)
                lists.Add([]);
            else
                lists[^1].AddRange(Numbers(part.Needed("special_tokens"), item.Needed("SpecialToken").Needed("id").AsText()));
        }

        return lists is [var before, var after] ? new TokenTemplate(before, after) : throw part.Needed("single").Unsupported("templates with the text once");
    }

    private static IEnumerable<int> Numbers(TokenizerJson tokens, string name) => tokens.Needed(name).Items("ids").Select(id => id.AsNumber());

    // As ["[CLS]", 101].
    private static int NumberOf(TokenizerJson pair)
    {
        return pair.Json.ValueKind == JsonValueKind.Array && pair.Json.GetArrayLength() == 2
            ? (pair with { Json = pair.Json[1] }).AsNumber()
            : throw pair.Fault("a token and its number were expected");
    }
}
