using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Inference;

/// <summary>The command line.</summary>
internal static class RequestCommand
{
    private static readonly Option<string> Model = new("--model") { Required = true, Description = "The folder of a Hugging Face checkpoint." };
    private static readonly Option<string?> Adapter = new("--adapter") { Description = "The folder of a PEFT adapter." };
    private static readonly Option<string?> Prompt = new("--prompt") { Description = "The text to continue." };
    private static readonly Option<long[]?> Ids = new("--ids") { Description = "The tokens instead of a text: 1,2,3.", CustomParser = ParseIds };
    private static readonly Option<bool> Logits = new("--logits") { Description = "Show the logits of the given tokens, one line per token." };
    private static readonly Option<int> MaxTokens = new("--max-tokens") { Description = "The maximum number of tokens.", DefaultValueFactory = _ => 32 };
    private static readonly Option<double?> Temperature = new("--temperature") { Description = "The temperature of sampling; decoding is greedy without it." };
    private static readonly Option<double> TopP = new("--top-p") { Description = "The share of likely tokens to sample from.", DefaultValueFactory = _ => 1 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The seed of the random generator.", DefaultValueFactory = _ => 0 };

    public static RootCommand Running(Func<Request, int> run)
    {
        var command = new RootCommand("Runs a Qwen2, Llama or BERT checkpoint, with a LoRA adapter if you like.")
        {
            Model, Adapter, Prompt, Ids, Logits, MaxTokens, Temperature, TopP, Seed,
        };
        command.Validators.Add(Check);
        command.SetAction(parsed => run(new Request
        {
            Model = parsed.GetRequiredValue(Model),
            Adapter = parsed.GetValue(Adapter),
            Prompt = parsed.GetValue(Prompt),
            Ids = parsed.GetValue(Prompt) is null ? parsed.GetValue(Ids) : null,
            Logits = parsed.GetValue(Logits),
            MaxTokens = parsed.GetValue(MaxTokens),
            Temperature = parsed.GetValue(Temperature),
            TopP = parsed.GetValue(TopP),
            Seed = parsed.GetValue(Seed),
        }));
        return command;
    }

    private static void Check(CommandResult command)
    {
        if (IsGiven(Prompt) == IsGiven(Ids))
            command.AddError("Give either --prompt or --ids.");
        if (IsGiven(Logits) && (IsGiven(MaxTokens) || IsGiven(Temperature)))
            command.AddError("--logits generates nothing: leave --max-tokens and --temperature out.");
        if ((IsGiven(TopP) || IsGiven(Seed)) && !IsGiven(Temperature))
            command.AddError("--top-p and --seed are for drawn tokens: give a --temperature too.");
        if (IsGiven(Temperature) && command.GetValue(Temperature) is not > 0)
            command.AddError("--temperature must be above 0; leave it out for the likeliest token.");
        if (IsGiven(TopP) && command.GetValue(TopP) is not (> 0 and <= 1))
            command.AddError("--top-p must be above 0 and at most 1.");
        if (IsGiven(MaxTokens) && command.GetValue(MaxTokens) < 1)
            command.AddError("--max-tokens must be at least 1.");

        bool IsGiven(Option option) => command.GetResult(option) is { Implicit: false };
    }

    private static long[]? ParseIds(ArgumentResult result)
    {
        var texts = result.Tokens.SelectMany(token => token.Value.Split(',')).ToArray();
        var ids = new long[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!long.TryParse(texts[i], NumberStyles.None, CultureInfo.InvariantCulture, out ids[i]))
            {
                result.AddError($"--ids: \"{texts[i]}\" is no token; expected numbers with commas, such as 1,2,3.");
                return null;
            }
        }

        return ids;
    }
}
