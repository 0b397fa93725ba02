using System.Text;
using QuickStart.Model;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace QuickStart;

/// <summary>Lets the model continue a text, byte by byte.</summary>
internal static class Writer
{
    private const double Temperature = 0.5;

    public static string Continue(LanguageModel model, string prompt, int bytes, Device device)
    {
        random.manual_seed(1);
        model.eval();
        using var noGrad = no_grad();
        var text = Encoding.UTF8.GetBytes(prompt).Select(value => (long)value).ToList();
        for (var i = 0; i < bytes; i++)
        {
            using var scope = NewDisposeScope();
            var input = tensor(text.TakeLast(model.Config.Context).ToArray(), device: device).unsqueeze(0);
            var logits = model.forward(input)[0, -1];
            text.Add(functional.softmax(logits / Temperature, 0).multinomial(1).item<long>());
        }

        return Encoding.UTF8.GetString([.. text.Select(value => (byte)value)]);
    }
}
