using System.Text;
using FineTuning.Spam;

namespace Samples.Models.Tests.FineTune;

public sealed class MailFileTests
{
    [Fact]
    public void Headers_are_not_text()
    {
        Assert.Equal("The body.\n", Read("From ilug-admin@linux.ie  Thu Aug 22 13:27:39 2002\nReturn-Path: <a@b.c>\nSubject: FREE\n\tmoney\n\nThe body.\n"));
    }

    [Fact]
    public void The_plain_part_is_preferred()
    {
        var mail = """
            Subject: Two parts
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="x"

            --x
            Content-Type: text/html

            <b>HTML</b>
            --x
            Content-Type: text/plain

            Plain
            --x--
            """;

        Assert.Equal("Plain", Read(mail).Trim());
    }

    [Fact]
    public void Html_is_read_as_it_is_seen()
    {
        var mail = "Content-Type: text/html\n\n<html><head><style>p { color: red }</style><script>alert(1)</script></head><body><p>Buy&nbsp;it<br>now &amp; here"
            + "<!-- hidden --></p></body></html>";

        Assert.Equal("Buy\u00a0it\nnow & here", Read(mail).Trim());
    }

    [Fact]
    public void Encodings_are_decoded()
    {
        Assert.Equal("café 5€", Read("Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\ncaf=E9 5=\n=80").Trim());
        Assert.Equal("hello", Read("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n").Trim());
    }

    [Fact]
    public void An_attachment_alone_is_no_text()
    {
        Assert.Equal("", Read("Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n"));
    }

    private static string Read(string mail)
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(mail));
        return MailFile.Read(stream);
    }
}
