using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>What an adapter gives to the optimizer is stored as any parameter is: TorchSharp reads its bytes, saves its moments, and saves it in a module.</summary>
public sealed class StoredParameterTests
{
    public static TheoryData<string> Kinds => [.. OneLayer.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public void Bytes_are_those_of_the_elements(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        using var adapter = LoraContractTests.Shaken(model.AttachDora());
        foreach (var parameter in adapter.Parameters())
            Assert.Equal(parameter.numel() * sizeof(float), parameter.bytes.Length);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_optimizers_state_is_saved_and_goes_on(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        using var adapter = model.AttachDora();
        using var optimizer = optim.AdamW(adapter.Parameters());
        Step(optimizer);
        using var state = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(state));
        var before = adapter.Parameters().Select(parameter => parameter.detach().clone()).ToArray();
        Step(optimizer);
        var expected = adapter.Parameters().Select(parameter => parameter.detach().clone()).ToArray();

        using (no_grad())
        {
            foreach (var (parameter, value) in adapter.Parameters().Zip(before))
                parameter.copy_(value);
        }

        using var resumed = optim.AdamW(adapter.Parameters());
        state.Position = 0;
        resumed.load_state_dict(new BinaryReader(state));
        Step(resumed);
        foreach (var (value, parameter) in expected.Zip(adapter.Parameters()))
            Expect.SameBits(value, parameter);

        void Step(optim.Optimizer steps)
        {
            steps.zero_grad();
            model.forward(input).pow(2).mean().backward();
            steps.step();
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_module_saves_it(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        using var adapter = LoraContractTests.Shaken(model.AttachDora());
        var values = adapter.Parameters().Select(parameter => parameter.detach().clone()).ToArray();
        using var file = new MemoryStream();

        // Not disposed: the parameters are the adapter's.
        new ParameterList([.. adapter.Parameters()]).save(file);
        using var read = new ParameterList([.. values.Select(value => new Parameter(zeros_like(value)))]);
        using var saved = new MemoryStream(file.ToArray());
        read.load(saved);
        foreach (var (value, parameter) in values.Zip(read.parameters()))
            Expect.SameBits(value, parameter.cpu().to(value.device));
    }
}
