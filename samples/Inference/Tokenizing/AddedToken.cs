using System.Text.RegularExpressions;

namespace Inference.Tokenizing;

/// <summary>One entry of <c>added_tokens</c>.</summary>
/// <param name="Pattern">A regular expression that finds it, with the white space that it takes along.</param>
/// <param name="IsNormalized">Whether it is looked for in the normalized text.</param>
internal sealed record AddedToken(int Id, string Content, string Pattern, bool IsNormalized)
{
    public static AddedToken Read(TokenizerJson part)
    {
        var content = part.Needed("content").AsText();
        if (content.Length == 0)
            throw part.Fault("content is empty");
        if (part.Flag("single_word"))
            throw part.Unsupported("single_word", "tokens without it");
        var pattern = (part.Flag("lstrip") ? @"\s*" : string.Empty) + Regex.Escape(content) + (part.Flag("rstrip") ? @"\s*" : string.Empty);
        return new AddedToken(part.Needed("id").AsNumber(), content, pattern, part.Flag("normalized"));
    }
}
