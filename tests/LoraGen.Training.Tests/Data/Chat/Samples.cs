using LoraGen.Training.Chat;

namespace LoraGen.Training.Tests.Data.Chat;

/// <summary>
/// Conversations that differ in what templates treat differently: a system message or none, white space around messages, a system message in between.
/// </summary>
internal static class Samples
{
    public static Conversation Of(string name) => new(name switch
    {
        "TwoTurns" => [User("Who wrote Faust?"), Assistant("Goethe."), User(" When?\n"), Assistant("  In 1808.\n")],
        "System" => [System(" Answer in one word. "), User("2 + 2?"), Assistant("Four")],
        "SecondSystem" => [User("Hi"), System("Be brief."), Assistant("Hi!")],
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    });

    public static ChatTemplate Template(string name)
    {
        ChatTemplate[] all = [ChatTemplate.ChatMl, ChatTemplate.Qwen2, ChatTemplate.Qwen25, ChatTemplate.Llama3, ChatTemplate.Llama31];
        return all.Single(template => template.Name == name);
    }

    private static ChatMessage System(string content) => new(ChatRole.System, content);

    private static ChatMessage User(string content) => new(ChatRole.User, content);

    private static ChatMessage Assistant(string content) => new(ChatRole.Assistant, content);
}
