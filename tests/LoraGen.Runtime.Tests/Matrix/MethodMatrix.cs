using LoraGen.Runtime.Tests.Methods;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Matrix;

/// <summary>What a method can do with each kind of layer: each answer is the result of doing it.</summary>
internal static class MethodMatrix
{
    private static readonly (string Verb, Action<MethodRow, string> Try)[] Verbs =
    [
        ("merge", (row, kind) => Merge(row, kind, unmerge: false)),
        ("unmerge", (row, kind) => Merge(row, kind, unmerge: true)),
        ("save", Save),
        ("count", Count),
        ("half", Half),
        ("several", Several),
    ];

    public static string Header { get; } =
        $"| method | {string.Join(" | ", OneLayer.Kinds)} | {string.Join(" | ", Verbs.Select(verb => verb.Verb))} |\n"
        + $"|---|{string.Concat(Enumerable.Repeat("---|", OneLayer.Kinds.Length + Verbs.Length))}";

    /// <summary>The method's line: for each kind whether it can be adapted, and for each verb whether it works on all of these.</summary>
    public static string Line(MethodRow row)
    {
        var refusals = OneLayer.Kinds.Select(kind => Refusal(row, kind)).ToArray();
        string[] kinds = [.. OneLayer.Kinds.Where((_, index) => refusals[index] is null)];
        var verbs = Verbs.Select(verb => Answer(row, kinds, verb.Verb, verb.Try));
        return $"| {row.Label} | {string.Join(" | ", refusals.Select(refusal => refusal is null ? "yes" : $"no: {refusal}").Concat(verbs))} |";
    }

    private static string? Refusal(MethodRow row, string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        try
        {
            using var adapter = row.Attach(model, "default");
            return null;
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
        {
            return Reason(refused.Message);
        }
    }

    // The first clause, without the layer's path.
    private static string Reason(string message)
    {
        var start = message.IndexOf(": ", StringComparison.Ordinal) + 2;
        var end = message.IndexOfAny(['.', ';', ',', ':'], start);
        return message[start..(end < 0 ? message.Length : end)];
    }

    private static string Answer(MethodRow row, string[] kinds, string verb, Action<MethodRow, string> attempt)
    {
        if (verb is "merge" or "unmerge" && row.NotMergeable is { } why)
        {
            using var model = Make.Model(() => new OneLayer(kinds[0]));
            using var adapter = row.Attach(model, "default");
            Assert.False(adapter is Adapter, $"{row.Label} has Merge, although {why}.");
            return $"no: {why}";
        }

        foreach (var kind in kinds)
            attempt(row, kind);
        return "yes";
    }

    private static void Merge(MethodRow row, string kind, bool unmerge)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var before = ModelState.Of(model);
        using var adapter = Assert.IsAssignableFrom<Adapter>(Shaken(row.Attach(model, "default")));
        var active = Output(model, kind);
        adapter.Merge();
        Expect.Close(active, Output(model, kind), 2e-5);
        if (!unmerge)
            return;

        adapter.Unmerge();
        Expect.Close(active, Output(model, kind), 2e-6);
        adapter.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    private static void Save(MethodRow row, string kind)
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer(kind));
        Tensor active;
        using (var adapter = Shaken(row.Attach(model, "default")))
        {
            active = Output(model, kind);
            adapter.Save(folder.Path);
        }

        using var loaded = row.AttachFrom(model, folder.Path);
        Expect.SameBits(active, Output(model, kind));
    }

    private static void Count(MethodRow row, string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        using var adapter = row.Attach(model, "default");
        Assert.Equal(Trained(adapter).Sum(parameter => parameter.numel()), adapter.ParameterCount.Trainable);
        Assert.Equal(adapter.ParameterCount, row.Count(kind));
    }

    private static void Half(MethodRow row, string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind), dtype: ScalarType.BFloat16);
        using var adapter = Shaken(row.Attach(model, "default"));
        var output = model.forward(Input(kind, ScalarType.BFloat16));
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        output.to(ScalarType.Float32).pow(2).mean().backward();
        Assert.All(Trained(adapter), parameter => Assert.NotNull(parameter.grad));
    }

    // Beside LoRA, in the order of attaching, each in turn switched off.
    private static void Several(MethodRow row, string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var before = ModelState.Of(model);
        using var lora = model.AttachSecondLora("beside");
        Shaken(lora);
        using var adapter = Shaken(row.Attach(model, "default"));
        var both = Output(model, kind);
        lora.IsActive = false;
        Expect.Differ(both, Output(model, kind));
        lora.IsActive = true;
        adapter.IsActive = false;
        Expect.Differ(both, Output(model, kind));
        adapter.IsActive = true;
        Expect.SameBits(both, Output(model, kind));
        adapter.Detach();
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    private static Tensor Output(OneLayer model, string kind) => model.forward(Input(kind, ScalarType.Float32)).detach();

    private static Tensor Input(string kind, ScalarType type)
    {
        var input = OneLayer.Input(kind);
        return is_floating_point(input) ? input.to(type) : input;
    }

    private static IEnumerable<Tensor> Trained(AdapterBase adapter) => adapter.TrainedParameters();

    private static AdapterBase Shaken(AdapterBase adapter)
    {
        using var noGrad = no_grad();
        var seed = 5;
        foreach (var parameter in Trained(adapter))
            parameter.add_(Make.Normal(seed++, parameter.shape).mul(0.2).to(parameter.dtype));
        return adapter;
    }
}
