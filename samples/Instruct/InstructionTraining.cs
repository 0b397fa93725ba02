using Inference.Loading;
using Inference.Tokenizing;
using LoraGen;
using LoraGen.Training;
using LoraGen.Training.Chat;
using LoraGen.Training.Cleaning;
using LoraGen.Training.Tokens;
using Models.Llama;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Instruct;

/// <summary>Trains a LoRA adapter of a language model on conversations, of which the answers are learned.</summary>
internal static class InstructionTraining
{
    public static async Task RunAsync(TrainRequest request, CancellationToken cancellationToken)
    {
        var template = FolderTemplate.Of(request.Model);
        var tokenizer = Tokenizer.Read(request.Model);
        var examples = new TextTokenizer(tokenizer.EncodeAlone);
        var unique = Duplicates.RemoveNear(ConversationFiles.Read(request.Data), conversation => conversation.Text);
        var data = DataSplit.ByHash(unique.Kept, conversation => conversation.Text, request.Validation);

        var device = cuda.is_available() ? CUDA : CPU;
        random.manual_seed(0);
        using var model = new CheckpointFolder(request.Model).Load(adapter: null, device);
        using AdapterBase lora = model.Network switch
        {
            Qwen2ForCausalLM qwen2 => qwen2.AttachLora(),
            LlamaForCausalLM llama => llama.AttachLora(),
            _ => throw new NotSupportedException("This model classifies texts and answers nothing."),
        };
        var train = Batches(data.Train) ?? throw new ArgumentException("There is no conversation to learn from.");
        var validation = Batches(data.Validation);
        Console.WriteLine($"template of {template.Name}; {lora.ParameterCount}");
        Console.WriteLine($"conversations: {unique}");
        Console.WriteLine($"{data.Train.Count} of them to learn from in {train.Rows} rows of {request.Length} tokens. {train.Truncation}");

        using var optimizer = optim.AdamW(lora.Parameters(), request.LearningRate, weight_decay: 0);
        var trainer = new Trainer<TokenBatch>(model.Network, optimizer, batch => Loss((LanguageModel)model, batch), Options(request, validation), lora);
        using var reports = new Reports(new ConsoleReport("tokens"), new CsvReport(Path.Combine(request.Output, "steps.csv")));
        await trainer.RunAsync(train, validation, reports, cancellationToken);

        lora.Save(Path.Combine(request.Output, "adapter"), baseModel: request.Model, taskType: "CAUSAL_LM");
        Console.WriteLine($"The adapter is in {Path.Combine(request.Output, "adapter")}. Ask it by samples/Inference:");
        Console.WriteLine($"--prompt $'{Prompt(template, tokenizer)}'");

        PackedBatches? Batches(IReadOnlyList<Conversation> conversations)
        {
            return conversations.Count == 0 ? null : new PackedBatches(
                conversations.Select(conversation => examples.Encode(template.Pieces(conversation))),
                new PackedBatchOptions { MaxLength = request.Length, BatchSize = request.Rows, Device = device });
        }
    }

    // As bash reads it, and without the token that the tokenizer adds in samples/Inference.
    private static string Prompt(ChatTemplate template, Tokenizer tokenizer)
    {
        var prompt = template.Prompt(new Conversation([new ChatMessage(ChatRole.User, "…")]));
        var added = tokenizer.Decode(tokenizer.Encode(string.Empty));
        return (prompt.StartsWith(added, StringComparison.Ordinal) ? prompt[added.Length..] : prompt).Replace("\n", @"\n", StringComparison.Ordinal);
    }

    private static TrainingOptions Options(TrainRequest request, PackedBatches? validation)
    {
        return FineTune.Preset(FineTuneTask.Generation).Training with
        {
            Epochs = request.Epochs,
            Checkpoints = new CheckpointOptions(Path.Combine(request.Output, "checkpoints")) { Limit = 1, Resume = true, LoadBest = validation is not null },
        };
    }

    private static BatchLoss Loss(LanguageModel model, TokenBatch batch)
    {
        var logits = model.Decoder.call(batch.InputIds, batch.CausalMask(), batch.PositionIds, null);
        return BatchLoss.OfMean(batch.Loss(logits), batch.LearnedTokens);
    }
}
