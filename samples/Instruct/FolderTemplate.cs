using LoraGen.Training.Chat;
using Models.Configs;

namespace Instruct;

/// <summary>The chat template of a checkpoint.</summary>
internal static class FolderTemplate
{
    private const string FileName = "tokenizer_config.json";

    // What a template writes and those after it in the list don't.
    private static readonly (string Mark, ChatTemplate Template)[] Known =
    [
        ("You are Qwen, created by Alibaba Cloud.", ChatTemplate.Qwen25),
        ("system\\nYou are a helpful assistant.<|im_end|>", ChatTemplate.Qwen2),
        ("<|im_start|>", ChatTemplate.ChatMl),
        ("Cutting Knowledge Date", ChatTemplate.Llama31),
        ("<|start_header_id|>", ChatTemplate.Llama3),
    ];

    /// <summary>The template, recognized by the text of the folder's <c>chat_template</c>: it is a program, which isn't run.</summary>
    /// <exception cref="NotSupportedException">It is none of those of LoraGen.Training, or there is none.</exception>
    public static ChatTemplate Of(string folder)
    {
        var file = Path.Combine(folder, "chat_template.jinja"); // As newer versions of transformers save it.
        var text = File.Exists(file) ? File.ReadAllText(file) : ConfigFile.Read(folder, FileName).Text("chat_template") ?? string.Empty;
        var found = Array.Find(Known, known => text.Contains(known.Mark, StringComparison.Ordinal));
        return found.Template ?? throw new NotSupportedException(
            $"The chat_template in \"{Path.Combine(folder, FileName)}\" is none of {string.Join(", ", Known.Select(known => known.Template.Name))}.");
    }
}
