using System.Text.Json;
using LoraGen.Training.Reading;

namespace LoraGen.Training.Chat;

/// <summary>
/// Reads conversations from records, with the fields that LLaMA-Factory's data formats have. A record that is no conversation is an error; LLaMA-Factory leaves
/// it out. Tool calls are not supported.
/// </summary>
public static class Conversations
{
    private const string Turns = "The user and the assistant take turns, after an optional system message; tool calls are not supported.";

    /// <summary>Reads instruction data: an instruction, optionally an input, a system message and earlier turns, and the answer.</summary>
    /// <param name="records">The records.</param>
    /// <param name="fields">The names of the fields; null for Alpaca's.</param>
    public static IEnumerable<Conversation> FromInstructions(this IEnumerable<DataRecord> records, InstructionFields? fields = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Select(record => FromInstruction(record, fields ?? new InstructionFields()));
    }

    /// <summary>Reads lists of messages: an optional system message, then the user and the assistant in turns, the assistant last.</summary>
    /// <param name="records">The records.</param>
    /// <param name="fields">The names of fields and roles, such as <see cref="MessageFields.ShareGpt"/> or <see cref="MessageFields.OpenAI"/>.</param>
    public static IEnumerable<Conversation> FromMessages(this IEnumerable<DataRecord> records, MessageFields fields)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(fields);
        return records.Select(record => FromMessages(record, fields));
    }

    private static Conversation FromInstruction(DataRecord record, InstructionFields fields)
    {
        RefuseTools(record, fields.Tools);
        var messages = new List<ChatMessage>();
        AddSystem(messages, record, fields.System);
        foreach (var (question, answer) in History(record, fields.History))
        {
            messages.Add(new ChatMessage(ChatRole.User, question));
            messages.Add(new ChatMessage(ChatRole.Assistant, answer));
        }

        var parts = new[] { record.Text(fields.Prompt), record.OptionalText(fields.Query) }.Where(part => !string.IsNullOrEmpty(part)).ToArray();
        if (parts.Length == 0)
            throw record.Wrong(fields.Prompt, $"a text, here or in \"{fields.Query}\"");
        messages.Add(new ChatMessage(ChatRole.User, string.Join('\n', parts)));
        messages.Add(new ChatMessage(ChatRole.Assistant, record.Text(fields.Response)));
        return new Conversation(messages, record.Location);
    }

    private static IEnumerable<(string Question, string Answer)> History(DataRecord record, string field)
    {
        if (!record.Has(field))
            return [];
        var history = record.Fields.GetProperty(field);
        if (history.ValueKind != JsonValueKind.Array || history.EnumerateArray().Any(turn => !IsPair(turn)))
            throw record.Wrong(field, "a list of lists of two texts");
        return history.EnumerateArray().Select(turn => (turn[0].GetString()!, turn[1].GetString()!));
    }

    private static bool IsPair(JsonElement turn)
    {
        return turn.ValueKind == JsonValueKind.Array && turn.GetArrayLength() == 2
            && turn.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String);
    }

    private static Conversation FromMessages(DataRecord record, MessageFields fields)
    {
        RefuseTools(record, fields.Tools);
        var items = record.Items(fields.Messages);
        var messages = new List<ChatMessage>();
        if (items.Count == 0 || items[0].OptionalText(fields.RoleTag) != fields.SystemTag)
            AddSystem(messages, record, fields.System);
        var turn = 0;
        foreach (var item in items)
        {
            var isSystem = item == items[0] && item.Text(fields.RoleTag) == fields.SystemTag;
            var (role, tag) = isSystem ? (ChatRole.System, fields.SystemTag)
                : turn++ % 2 == 0 ? (ChatRole.User, fields.UserTag) : (ChatRole.Assistant, fields.AssistantTag);
            if (item.Text(fields.RoleTag) != tag)
                throw item.Wrong(fields.RoleTag, $"\"{tag}\"", Turns);
            RefuseTools(item, "tool_calls");
            messages.Add(new ChatMessage(role, item.Text(fields.ContentTag)));
        }

        if (turn == 0 || turn % 2 != 0)
            throw record.Wrong(fields.Messages, $"messages that end with one of \"{fields.AssistantTag}\"");
        return new Conversation(messages, record.Location);
    }

    // An empty text or list is no tool.
    private static void RefuseTools(DataRecord record, string field)
    {
        if (record.Has(field) && record.Fields.GetProperty(field).GetRawText().AsSpan().IndexOfAnyExcept("\" []") >= 0)
            throw record.Wrong(field, "nothing", "Tool calls are not supported: leave these records out.");
    }

    private static void AddSystem(List<ChatMessage> messages, DataRecord record, string field)
    {
        if (record.OptionalText(field) is { Length: > 0 } system)
            messages.Add(new ChatMessage(ChatRole.System, system));
    }
}
