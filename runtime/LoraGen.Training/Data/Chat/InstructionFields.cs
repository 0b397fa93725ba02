namespace LoraGen.Training.Chat;

/// <summary>
/// How the fields of instruction data are named. The defaults are Alpaca's; the properties are named as the columns in LLaMA-Factory's dataset_info.json.
/// </summary>
public sealed record InstructionFields
{
    /// <summary>What the user asks. Default: <c>instruction</c>.</summary>
    public string Prompt { get; init; } = "instruction";

    /// <summary>What the instruction is about, on a new line after it; missing, null or empty for nothing. Default: <c>input</c>.</summary>
    public string Query { get; init; } = "input";

    /// <summary>The answer. Default: <c>output</c>.</summary>
    public string Response { get; init; } = "output";

    /// <summary>The system message; missing, null or empty for none. Default: <c>system</c>.</summary>
    public string System { get; init; } = "system";

    /// <summary>The field that describes tools. A record with tools is refused. Default: <c>tools</c>.</summary>
    public string Tools { get; init; } = "tools";

    /// <summary>The turns before, a list of lists of a question and its answer; missing or null for none. Default: <c>history</c>.</summary>
    public string History { get; init; } = "history";
}
