using System.Runtime.CompilerServices;

namespace LoraGen;

/// <summary>Creates lists that are options of a method.</summary>
public static class OptionList
{
    /// <summary>Copies the entries. A collection expression calls it: <c>OptionList&lt;string&gt; names = ["up", "down"];</c></summary>
    /// <typeparam name="T">The type of the entries: a number, a string, an enum or a record.</typeparam>
    /// <param name="entries">The entries, in their order.</param>
    public static OptionList<T> Create<T>(ReadOnlySpan<T> entries) => new(entries.ToArray());

    /// <summary>Copies what an option is set to.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> is null.</exception>
    internal static OptionList<T> Of<T>(IEnumerable<T>? entries, [CallerMemberName] string option = "")
    {
        return new(entries ?? throw new ArgumentNullException(option, $"{option} is null. Set it to a list, or leave it out for the default."));
    }
}
