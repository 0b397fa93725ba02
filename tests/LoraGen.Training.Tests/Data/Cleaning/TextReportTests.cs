using LoraGen.Training.Cleaning;

namespace LoraGen.Training.Tests.Data.Cleaning;

/// <summary>Lengths, scripts and languages of texts.</summary>
public sealed class TextReportTests
{
    [Fact]
    public void Lengths_are_counted()
    {
        var report = TextReport.Of(Enumerable.Range(1, 200).Reverse().Select(length => new string('a', length)));

        Assert.Equal((200, 20100, 100.5), (report.Count, report.TotalLength, report.MeanLength));
        Assert.Equal([1, 100, 180, 198, 200], new[] { 0, 0.5, 0.9, 0.99, 1 }.Select(report.Length));
        Assert.Equal(1, TextReport.Of(["😀"]).Length(1));
        Assert.Equal(3, TextReport.Of(["one two three"], text => text.Split(' ').Length).Length(1));
        Assert.Equal((0, 0, 0.0), (TextReport.Of([]).Count, TextReport.Of([]).Length(0.5), TextReport.Of([]).MeanLength));
    }

    [Theory]
    [InlineData("The cat is on the mat, and it was asleep for most of the day.", "Latin", "en")]
    [InlineData("Die Katze liegt auf der Matte und schläft den ganzen Tag, das ist für sie nicht zu lang.", "Latin", "de")]
    [InlineData("Le chat est sur le tapis et il dort pour la plupart de la journée.", "Latin", "fr")]
    [InlineData("El gato está en la alfombra y duerme por la mayor parte del día, pero no se queja.", "Latin", "es")]
    [InlineData("Il gatto è nel giardino e non si sveglia, ma la gente di casa gli vuole bene.", "Latin", "it")]
    [InlineData("O gato está no tapete e não dorme em casa, mas os donos gostam da companhia.", "Latin", "pt")]
    [InlineData("De kat ligt op het kleed en zij slaapt er voor het grootste deel van de dag.", "Latin", "nl")]
    [InlineData("Kissa nukkuu matolla koko pitkän päivän ajan.", "Latin", "und")]
    [InlineData("Кошка лежит на коврике.", "Cyrillic", "und")]
    [InlineData("Η γάτα κοιμάται.", "Greek", "el")]
    [InlineData("猫在垫子上睡觉。", "Han", "zh")]
    [InlineData("猫はマットの上で眠っています。", "Kana", "ja")]
    [InlineData("日本国憲法前文を読む", "Han", "ja")]
    [InlineData("고양이가 자고 있다.", "Hangul", "ko")]
    [InlineData("القطة نائمة", "Arabic", "und")]
    [InlineData("בחתול", "Hebrew", "he")]
    [InlineData("บ้าน", "Thai", "th")]
    [InlineData("12 + 30 = 42", "None", "und")]
    public void A_text_has_a_script_and_perhaps_a_language(string text, string script, string language)
    {
        var report = TextReport.Of([text]);

        Assert.Equal((script, language), (report.Scripts.Single().Key, report.Languages.Single().Key));
    }

    [Fact]
    public void The_report_is_text()
    {
        Assert.Equal(
            "3 texts, 19 in all; length: mean 6.3, median 7, 90 % up to 11, 99 % up to 11, longest 11\n"
            + "scripts: Latin 2, None 1\nlanguages (a guess): und 2, en 1",
            TextReport.Of(["in the case", "1", "mmmmmmm"]).ToString());
    }
}
