using Models.Qwen2;
using static TorchSharp.torch;

namespace Qlora;

/// <summary>Texts of tokens for any vocabulary: each token is <see cref="Step"/> more than the one before it, modulo <see cref="Tokens"/>.</summary>
internal static class Lesson
{
    public const int Length = 64;
    private const long Tokens = 32;
    private const long Step = 5;

    /// <summary>Tokens [1, length] and those that follow them [length], for each step of training.</summary>
    public static IEnumerable<(Tensor Ids, Tensor Next)> Batches(int steps)
    {
        for (var step = 0L; step < steps; step++)
        {
            using var ids = tensor(Text(step, Length)).unsqueeze(0);
            using var next = tensor(Text(step + Step, Length));
            yield return (ids, next);
        }
    }

    /// <summary>Whether the model continues a text for twelve tokens.</summary>
    public static bool IsLearned(Qwen2ForCausalLM model)
    {
        model.eval();
        using var noGrad = no_grad();
        var text = Text(3, 4).ToList();
        while (text.Count < 16)
        {
            using var scope = NewDisposeScope();
            text.Add(model.call(tensor(text.ToArray()).unsqueeze(0), null, null, null)[0, -1].argmax().item<long>());
        }

        Console.WriteLine($"generated: {string.Join(' ', text)}");
        return text.SequenceEqual(Text(3, 16));
    }

    private static long[] Text(long start, int length) => [.. Enumerable.Range(0, length).Select(i => (start + (i * Step)) % Tokens)];
}
