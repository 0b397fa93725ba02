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

    public static readonly OptionRule VirtualTokensOutOfRange = new(
        "LORA1030", "An option of virtual tokens is out of range", "{0} is {1}, but it is {2}; use {3}");

    public static readonly OptionRule EncoderOptionWithoutEffect = new(
        "LORA1031", "An option of the encoder of virtual tokens has no effect", "{0} has no effect, because {1}; remove it");

    public static readonly OptionRule TokensInvalid = new(
        "LORA1027", "The tokens to train are invalid", "Tokens {0}; {1}");

    public static readonly OptionRule ReductionFactorNotPositive = new(
        "LORA1034", "The reduction factor is not positive", "ReductionFactor is {0}, but the width is divided by it; use 1 or more, usually 16");

    public static readonly OptionRule ScaleNotPositive = new(
        "LORA1035", "Scale is not a positive number", "Scale is {0}, but the adapter's output is multiplied by it; use a positive number, usually 1");

    public static readonly OptionRule OrthogonalNeedsHalves = new(
        "LORA1022",
        "An orthogonal start is not possible",
        "{0}, but an orthogonal start gives A and B one half each of the rank's dimensions; {1}");

    public static readonly OptionRule GloraNeedsBias = new(
        "LORA1023",
        "GLoRA changes a bias that the layer doesn't have",
        "PartC is {0} and PartDE is {1}, but the {2} has no bias for C, D and E to change; set both to None there");

    public static readonly OptionRule GroupsNotDividing = new(
        "LORA1024",
        "VeLoRA's groups don't divide a layer's inputs",
        "Groups is {0}, but the {1} has {2} inputs, which are not divided into so many equal parts; use a divisor, such as {3}");

    public static readonly OptionRule BlocksNotDividing = new(
        "LORA1036",
        "OFT's blocks don't divide a layer's inputs",
        "{0} is {1}, but the {2} has {3} inputs, which it does not divide into equal blocks of at least 2; {4}");

    public static readonly OptionRule BiasNotMergeable = new(
        "LORA1025",
        "B's bias can't be merged into a layer without a bias",
        "BiasB trains a bias on B, but the {0} has none to merge it into, so Merge would throw; leave BiasB out there, or keep the adapter attached");

    public static readonly OptionRule BaseMustBeFloat = new(
        "LORA1028", "The method needs a base that is not quantised", "Base is {0}, but {1}; remove Base, or use plain LoRA");

    public static readonly OptionRule BlockSizeInvalid = new(
        "LORA1029", "The block size is no power of two", "BaseBlockSize is {0}, but it must be a power of two from 32 to 4096; leave it out");

    public static readonly OptionRule LoftqNotPossible = new(
        "LORA1032", "LoftQ is not possible with these options", "LoftqIterations is {0}, but {1}; {2}");

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
