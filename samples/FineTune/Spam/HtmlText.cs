using System.Text;
using MimeKit.Text;

namespace FineTuning.Spam;

/// <summary>The text that a reader of an HTML page sees.</summary>
internal static class HtmlText
{
    public static string Of(string html)
    {
        var text = new StringBuilder();
        var hidden = false;
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken { Id: HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title } tag:
                    hidden = !tag.IsEndTag;
                    break;
                case HtmlDataToken data when !hidden:
                    text.Append(data.Data.ReplaceLineEndings(" "));
                    break;
                case HtmlTagToken { Id: HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.Table }:
                    text.Append('\n');
                    break;
                case HtmlTagToken { Id: HtmlTagId.TD }:
                    text.Append(' ');
                    break;
            }
        }

        return text.ToString();
    }
}
