using Inference.Tokenizing;

namespace Inference.Generation;

/// <summary>Shows text while its tokens come. A character may be spread over several: it is shown when it is whole.</summary>
internal sealed class TextStream(Tokenizer tokenizer, TextWriter writer)
{
    private const char Unfinished = '\uFFFD';

    private readonly List<int> _tokens = [];
    private int _shown;

    public void Show(long token)
    {
        _tokens.Add((int)token);
        var text = tokenizer.Decode(_tokens);
        if (!text.EndsWith(Unfinished))
            ShowFrom(text);
    }

    public void End()
    {
        ShowFrom(tokenizer.Decode(_tokens));
        writer.WriteLine();
    }

    private void ShowFrom(string text)
    {
        writer.Write(text.AsSpan(Math.Min(_shown, text.Length)));
        writer.Flush();
        _shown = text.Length;
    }
}
