using System.Text;
using MimeKit;

namespace FineTuning.Spam;

/// <summary>Reads the text of a mail, without its headers and attachments.</summary>
internal static class MailFile
{
    // Character sets of mails, such as Windows-1252, are in no .NET by default.
    static MailFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text as it was sent: that of the plain part, or otherwise that of the HTML; empty if there is none.</summary>
    public static string Read(Stream mail)
    {
        var message = MimeMessage.Load(mail);
        return (message.TextBody is { } plain && !string.IsNullOrWhiteSpace(plain) ? plain : HtmlText.Of(message.HtmlBody ?? "")).ReplaceLineEndings("\n");
    }
}
