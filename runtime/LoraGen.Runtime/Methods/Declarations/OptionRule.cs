using System.Globalization;

namespace LoraGen;

/// <summary>A rule about a method's options. If they break it, attaching throws, and the compiler reports the rule's id.</summary>
/// <param name="Id">The rule's id, such as <c>LORA1001</c>.</param>
/// <param name="Title">The title.</param>
/// <param name="Format">The message with its solution; {0}, {1}, … are the options' values.</param>
internal sealed record OptionRule(string Id, string Title, string Format)
{
    public static readonly OptionRule RankNotPositive = new(
        "LORA1001", "Rank is not positive", "Rank is {0}: A would have {0} rows; use 1 or more, usually 8");

    public static readonly OptionRule AlphaNotPositive = new(
        "LORA1002", "Alpha is not a positive number", "Alpha is {0}, but what it scales needs a positive number; use the rank or twice the rank, here {1}");

    public static readonly OptionRule DropoutOutOfRange = new(
        "LORA1005", "Dropout is no probability", "Dropout is {0}, but it is a probability from 0 to below 1; write {1} or leave it out");

    public static readonly OptionRule BothMatricesZero = new(
        "LORA1006",
        "A and B both start at zero",
        "InitA and InitB are both Zeros, so neither A nor B ever gets a gradient and nothing trains; leave InitA out");

    public static readonly OptionRule ReparametrizeWithDropout = new(
        "LORA1013",
        "Dropout is set together with Reparametrize",
        "Dropout is {0}, but with Reparametrize there is no input that it could act on; remove one of the two");

    public static readonly OptionRule ScheduleImpossible = new("LORA1018", "AdaLoRA's schedule is impossible", "The schedule can't be followed: {0}");

    public static readonly OptionRule OptionOutOfRange = new("LORA1019", "An option is out of its range", "{0} is {1}, but it must be {2}; {3} is usual");

    /// <param name="options">The options that cause the error, the most important first.</param>
    /// <param name="fix">The change of one option that fixes the error; null if there is none.</param>
    /// <param name="arguments">The arguments of the message.</param>
    public OptionFault Broken(IReadOnlyList<string> options, OptionFix? fix, params object[] arguments)
    {
        var texts = Array.ConvertAll(arguments, argument => argument is double number ? Numbers.Text(number) : argument);
        return new OptionFault(string.Format(CultureInfo.InvariantCulture, Format, texts)) { Rule = this, Arguments = texts, Options = options, Fix = fix };
    }
}
