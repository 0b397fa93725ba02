using FineTuning.Spam;

namespace Samples.Models.Tests.FineTune;

public sealed class MailCleanerTests
{
    [Theory]
    [InlineData("Hello.\n\n-- \nAda Lovelace\nAnalyst", "Hello.")]
    [InlineData("Hello.\n\n-- \nIrish Linux Users' Group: ilug@linux.ie\nList maintainer: x@linux.ie", "Hello.")]
    [InlineData("It works.\n\n_______________________________________________\nRPM-List mailing list <RPM-List@freshrpms.net>\n"
        + "http://lists.freshrpms.net/mailman/listinfo/rpm-list", "It works.")]
    [InlineData("It works.\nhttp://xent.com/mailman/listinfo/fork", "It works.")]
    [InlineData("It works.\nTo unsubscribe from this group, send an email to:\nforteana-unsubscribe@egroups.com", "It works.")]
    [InlineData("> It works.\n> -- \n> Ada\n> Analyst\nGood!", "> It works.\nGood!")]
    [InlineData("It works.\n-----BEGIN PGP SIGNATURE-----\nVersion: GnuPG\n\niD8DBQE9\n-----END PGP SIGNATURE-----\nBye", "It works.\n\nBye")]
    [InlineData("URL: http://example.org/1\nDate: Not supplied\n\nNews.", "News.")]
    [InlineData("One.\n\n\n  \nTwo.  ", "One.\n\nTwo.")]
    public void What_tells_where_a_mail_was_collected_is_removed(string text, string expected) => Assert.Equal(expected, MailCleaner.Clean(text));

    [Fact]
    public void Addresses_are_replaced()
    {
        Assert.Equal(
            "Write to [EMAIL] or see [URL] and [URL].",
            MailCleaner.Clean("Write to a.b@example.org or see http://example.org/a?b=c#d and www.example.org."));
    }

    [Theory]
    [InlineData("To unsubscribe, click here. You have won a date: Saturday.")]
    [InlineData("> A quotation\n\nand its answer")]
    [InlineData("Price -- only today -- $5")]
    public void Other_text_is_kept(string text) => Assert.Equal(text, MailCleaner.Clean(text));

    [Fact]
    public void Two_hyphens_before_a_long_text_begin_no_signature()
    {
        var advertisement = string.Join('\n', Enumerable.Range(1, 30).Select(i => $"Reason {i}"));

        Assert.Equal($"Buy it.\n--\n{advertisement}", MailCleaner.Clean($"Buy it.\n--\n{advertisement}"));
    }
}
