namespace LoraGen.Training.Cleaning;

/// <summary>How many items of each kind were replaced.</summary>
/// <param name="Mails">Mail addresses.</param>
/// <param name="Telephones">Telephone numbers.</param>
/// <param name="Cards">Payment-card numbers.</param>
/// <param name="Names">Names.</param>
public readonly record struct PersonalDataCounts(long Mails, long Telephones, long Cards, long Names)
{
    /// <summary>All kinds together.</summary>
    public long Total => Mails + Telephones + Cards + Names;

    /// <summary>The sum of two counts, kind by kind.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    public static PersonalDataCounts operator +(PersonalDataCounts first, PersonalDataCounts second) => first.Add(second);

    /// <summary>The sum of two counts, kind by kind.</summary>
    /// <param name="other">The other.</param>
    public PersonalDataCounts Add(PersonalDataCounts other)
    {
        return new PersonalDataCounts(Mails + other.Mails, Telephones + other.Telephones, Cards + other.Cards, Names + other.Names);
    }

    /// <summary>The counts in a sentence.</summary>
    public override string ToString()
    {
        return FormattableString.Invariant($"{Mails} mail addresses, {Telephones} telephone numbers, {Cards} card numbers and {Names} names were replaced.");
    }
}
