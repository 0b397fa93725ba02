namespace Inference.Tokenizing;

/// <summary>The tokens that are put around every text, such as Llama's beginning of a text.</summary>
internal sealed record TokenTemplate(IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    private static readonly TokenTemplate None = new([], []);

    public static TokenTemplate Read(TokenizerJson? part)
    {
        return part?.Type switch
        {
            null or "ByteLevel" => None, // It trims offsets, which are not kept here.
            "TemplateProcessing" => Template(part),
            "Sequence" => part.Items("processors").Select(Read).Aggregate(
                None, static (inner, outer) => new TokenTemplate([.. outer.Before, .. inner.Before], [.. inner.After, .. outer.After])),
            var other => throw part.Unsupported($"the post-processor {other}", "ByteLevel, TemplateProcessing and Sequence"),
        };
    }

    public IReadOnlyList<int> Around(IEnumerable<int> tokens) => [.. Before, .. tokens, .. After];

    private static TokenTemplate Template(TokenizerJson part)
    {
        var (before, after) = (new List<int>(), new List<int>());
        var list = before;
        foreach (var item in part.Items("single"))
        {
            if (item.Part("Sequence") is not null)
                list = after;
            else
                list.AddRange(part.Needed("special_tokens").Needed(item.Needed("SpecialToken").Needed("id").AsText()).Items("ids").Select(id => id.AsNumber()));
        }

        return new TokenTemplate(before, after);
    }
}
