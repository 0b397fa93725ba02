using LoraGen.Training.Chat;
using LoraGen.Training.Reading;

namespace LoraGen.Training.Tests.Data.Chat;

/// <summary>Instruction and chat data as LLaMA-Factory's data/README.md describes the formats.</summary>
public sealed class ConversationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"instruction":"Add","input":"1 and 2","output":"3"}""", "User:Add\n1 and 2|Assistant:3")]
    [InlineData("""{"instruction":"Add","input":"","output":"3","tools":"[]"}""", "User:Add|Assistant:3")]
    [InlineData("""{"instruction":"Add","output":"3"}""", "User:Add|Assistant:3")]
    [InlineData("""{"instruction":"","input":"1 and 2","output":"3","system":null,"history":null}""", "User:1 and 2|Assistant:3")]
    [InlineData(
        """{"instruction":"And 3?","output":"6","system":"Be exact.","history":[["1 + 2?","3"],["So?","Yes"]]}""",
        "System:Be exact.|User:1 + 2?|Assistant:3|User:So?|Assistant:Yes|User:And 3?|Assistant:6")]
    public void Alpaca(string json, string expected)
    {
        Assert.Equal(expected, Text(Records(json).FromInstructions()));
    }

    [Theory]
    [InlineData("""{"conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello"}]}""", "User:Hi|Assistant:Hello")]
    [InlineData(
        """{"conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello"}],"system":"S","tools":""}""",
        "System:S|User:Hi|Assistant:Hello")]
    [InlineData(
        """{"conversations":[{"from":"system","value":"T"},{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello"}],"system":"S"}""",
        "System:T|User:Hi|Assistant:Hello")]
    public void ShareGpt(string json, string expected)
    {
        Assert.Equal(expected, Text(Records(json).FromMessages(MessageFields.ShareGpt)));
    }

    [Fact]
    public void OpenAi()
    {
        var records = Records(
            """{"messages":[{"role":"system","content":"S"},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}""");

        Assert.Equal("System:S|User:Hi|Assistant:Hello", Text(records.FromMessages(MessageFields.OpenAI)));
    }

    [Fact]
    public void Fields_can_be_named()
    {
        var records = Records("""{"question":"Q","answer":"A"}""");

        Assert.Equal("User:Q|Assistant:A", Text(records.FromInstructions(new InstructionFields { Prompt = "question", Response = "answer" })));
    }

    [Theory]
    [InlineData("""{"instruction":"Add"}""", "output")]
    [InlineData("""{"instruction":5,"output":"3"}""", "instruction")]
    [InlineData("""{"instruction":"Add","output":"3","tools":["add"]}""", "tools")]
    [InlineData("""{"instruction":"","input":"","output":"3"}""", "instruction")]
    [InlineData("""{"instruction":"Add","output":"3","history":[["1"]]}""", "history")]
    public void Instruction_data_with_an_error_names_the_field(string json, string field)
    {
        var error = Assert.Throws<DataFormatException>(() => Records(json).FromInstructions().ToList());

        Assert.Equal((field, 1), (error.Field, error.Location.Number));
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "messages")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}]}""", "messages")]
    [InlineData("""{"messages":[{"role":"system","content":"Hi"}]}""", "messages")]
    [InlineData("""{"messages":[{"role":"assistant","content":"Hi"}]}""", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"},{"role":"user","content":"Hi"}]}""", "messages[1].role")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"},{"role":"tool","content":"Hi"}]}""", "messages[1].role")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null}]}""", "messages[1].content")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"},"Hello"]}""", "messages[1]")]
    [InlineData("""{"conversations":[]}""", "messages")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"","tool_calls":[{"id":"1"}]}]}""", "messages[1].tool_calls")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}],"tools":"[{}]"}""", "tools")]
    public void A_conversation_with_an_error_names_the_message(string json, string field)
    {
        var error = Assert.Throws<DataFormatException>(() => Records(json).FromMessages(MessageFields.OpenAI).ToList());

        Assert.Equal((field, 1), (error.Field, error.Location.Number));
    }

    private IEnumerable<DataRecord> Records(string json) => DataFiles.ReadJsonLines(_folder.Write("a.jsonl", json));

    private static string Text(IEnumerable<Conversation> conversations)
    {
        return string.Join('|', conversations.Single().Messages.Select(message => $"{message.Role}:{message.Content}"));
    }
}
