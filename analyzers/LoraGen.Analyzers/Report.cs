using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Reports what one rule finds. Numbers in messages are formatted with the invariant culture.</summary>
internal sealed class Report(Rule rule, Action<Diagnostic> add)
{
    public void At(Location place, params object[] values) => Add(place, null, values);

    public void At(Location place, FixHint? fix, params object[] values) => Add(place, fix, values);

    private void Add(Location place, FixHint? fix, object[] values)
    {
        var texts = values.Select(value => (object)Convert.ToString(value, CultureInfo.InvariantCulture)).ToArray();
        add(Diagnostic.Create(rule.Descriptor, place, fix?.Other is { } other ? [other] : [], fix?.Properties, texts));
    }
}
