using LoraGen.Training.Chat;
using LoraGen.Training.Reading;

namespace Instruct;

/// <summary>Conversations in the formats that LLaMA-Factory reads.</summary>
internal static class ConversationFiles
{
    /// <summary>Reads ShareGPT's or OpenAI's messages, or Alpaca's instructions, by the fields of the first record.</summary>
    public static IEnumerable<Conversation> Read(string path)
    {
        var records = DataFiles.Read(path);
        return records.FirstOrDefault() switch
        {
            { } first when first.Has(MessageFields.ShareGpt.Messages) => records.FromMessages(MessageFields.ShareGpt),
            { } first when first.Has(MessageFields.OpenAI.Messages) => records.FromMessages(MessageFields.OpenAI),
            _ => records.FromInstructions(),
        };
    }
}
