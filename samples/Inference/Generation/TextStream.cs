using Inference.Tokenizing;

namespace Inference.Generation;

/// <summary>
/// Shows text while its tokens are generated. A character can consist of several tokens: it is shown when it is complete. What a token adds is determined
/// together with the tokens before it, because a decoder can treat the first one differently.
/// </summary>
internal sealed class TextStream(Tokenizer tokenizer, TextWriter writer)
{
    private const char Unfinished = '\uFFFD';

    private List<int> _lastShown = [];
    private List<int> _waiting = [];

    public void Show(long token)
    {
        _waiting.Add((int)token);
        var text = Added();
        if (!text.EndsWith(Unfinished))
            Write(text);
    }

    public void End()
    {
        Write(Added());
        writer.WriteLine();
    }

    private string Added()
    {
        var text = tokenizer.Decode([.. _lastShown, .. _waiting]);
        return text[Math.Min(tokenizer.Decode(_lastShown).Length, text.Length)..];
    }

    private void Write(string text)
    {
        writer.Write(text);
        writer.Flush();
        (_lastShown, _waiting) = (_waiting, []);
    }
}
