using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Calls;

/// <summary>The output of a user-defined layer may belong to the caller or to the layer.</summary>
public sealed class ReturningTests
{
    private readonly Residual _model = Make.Model(() => new Residual());
    private readonly Tensor _input = Make.Normal(3, 5, 4);

    public static TheoryData<string, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, bool>();
            foreach (var method in (string[])["LoRA", "DoRA", "IA3"])
            {
                foreach (var keeps in (bool[])[false, true])
                {
                    cases.Add(method, keeps, false);
                    cases.Add(method, keeps, true);
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void It_is_neither_changed_nor_disposed(string method, bool keeps, bool withGradients)
    {
        var (input, kept) = (_input.clone(), Make.Normal(4, 5, 4));
        _model.Skip.Kept = keeps ? kept.clone() : null;
        using var adapter = Attach(method);
        using var gradients = set_grad_enabled(withGradients);
        var first = _model.call(_input);
        var second = _model.call(_input);

        Expect.SameBits(first, second);
        Expect.SameBits(input, _input);
        if (keeps)
            Expect.SameBits(kept, _model.Skip.Kept!);
    }

    private Adapter Attach(string method) => method switch
    {
        "DoRA" => Make.Trained(_model.AttachDoraDora()),
        "IA3" => Make.Trained(_model.AttachIa3()),
        _ => Make.Trained(_model.AttachLora()),
    };
}
