using System.Text.Json.Nodes;
using LoraGen.Runtime.Tests.Formats;
using LoraGen.Runtime.Tests.Goldens;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>VeRA's files with the projections, and with the key alone.</summary>
public sealed class VeraFileTests : IDisposable
{
    private readonly GoldenCase _golden = new("toy_vera");
    private readonly TemporaryFolder _folder = new();
    private readonly Toy _model;

    public VeraFileTests() => _model = _golden.Model();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void PEFTs_file_without_projections_is_read()
    {
        WriteDrawn();
        using var vera = _model.AttachDrawnVeraFrom(_folder.Path, "default");
        Expect.Close(_golden.Expected("output_active"), _model.forward(_golden.Input), 2e-5);

        using var again = new TemporaryFolder();
        vera.Save(again.Path);
        SameFiles.Check(_folder.Path, again.Path);
    }

    [Fact]
    public void Loading_draws_them_again()
    {
        WriteDrawn();
        using var vera = _model.AttachDrawnVera("default");
        using (no_grad())
            ((VeraSite)vera.Sites[0]).A.zero_();
        vera.Load(_folder.Path);
        Expect.SameBits(_golden.AdapterTensors()["base_model.vera_A"], ((VeraSite)vera.Sites[0]).A);
    }

    [Fact]
    public void Others_than_those_of_the_key_are_not_left_out()
    {
        using var vera = _model.AttachDrawnVera("default");
        vera.To(ScalarType.BFloat16);
        vera.Save(_folder.Path);
        using (no_grad())
            ((VeraSite)vera.Sites[0]).B[0, 0] += 1;
        Assert.Equal(
            "A and B are no longer those of ProjectionKey 0, from which they are drawn when the adapter is loaded: they were set or rounded. Set SaveProjection "
            + "to true, so that they are saved.",
            Assert.Throws<InvalidOperationException>(() => vera.Save(_folder.Path)).Message);
    }

    [Fact]
    public void Saved_projections_need_not_be_those_of_the_key()
    {
        using (var vera = Make.Trained(_model.AttachVera()))
        {
            using (no_grad())
                ((VeraSite)vera.Sites[0]).A.mul_(2);
            vera.Save(_folder.Path);
        }

        using var loaded = _model.AttachVeraFrom(_folder.Path);
        Expect.Close(_golden.AdapterTensors()["base_model.vera_A"] * 2, ((VeraSite)loaded.Sites[0]).A, 1e-6);
    }

    [Theory]
    [InlineData("r", 256, "r is 256, but Rank is 8")]
    [InlineData("projection_prng_key", 1, "projection_prng_key is 1, but ProjectionKey is 0")]
    [InlineData("vera_dropout", 0.1, "vera_dropout is 0.1, but Dropout is 0")]
    [InlineData("save_projection", false, "save_projection is false, but SaveProjection is true")]
    [InlineData("use_rslora", true, "use_rslora is true, a key that LoraGen does not know for VeRA")]
    public void A_config_that_contradicts_the_attribute_is_refused(string key, object value, string expected)
    {
        Write(_golden.AdapterTensors(), config => config[key] = JsonValue.Create(value));
        Assert.Contains($"\n- {expected}", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Projections_that_do_not_fit_are_refused()
    {
        var tensors = _golden.AdapterTensors();
        tensors["base_model.vera_A"] = zeros(8, 32);
        tensors["base_model.vera_B"] = full(48, 8, double.NaN);
        Write(tensors);
        Assert.Contains("\n- tensor base_model.vera_A is [8, 32], expected [8, 64]", Fault(), StringComparison.Ordinal);

        tensors["base_model.vera_A"] = zeros(8, 64);
        Write(tensors);
        Assert.Contains("\n- tensor base_model.vera_B has 384 of 384 elements that are NaN or infinite", Fault(), StringComparison.Ordinal);

        tensors.Remove("base_model.vera_B");
        Write(tensors);
        Assert.Contains(
            "\n- tensor base_model.vera_B [48, 8] is missing; if it is to be drawn from projection_prng_key, set save_projection to false in "
            + "adapter_config.json, and SaveProjection",
            Fault(),
            StringComparison.Ordinal);
    }

    private string Fault()
    {
        using var vera = _model.AttachVera();
        var before = vera.Sites.Cast<VeraSite>().Select(site => Expect.Bytes(site.LambdaD)).Append(Expect.Bytes(((VeraSite)vera.Sites[0]).A)).ToArray();
        var message = Assert.Throws<InvalidDataException>(() => vera.Load(_folder.Path)).Message;
        Assert.Equal(before, vera.Sites.Cast<VeraSite>().Select(site => Expect.Bytes(site.LambdaD)).Append(Expect.Bytes(((VeraSite)vera.Sites[0]).A)));
        return message;
    }

    // As PEFT writes it.
    private void WriteDrawn()
    {
        Write(
            _golden.AdapterTensors().Where(entry => entry.Key.Contains("lambda", StringComparison.Ordinal)).ToDictionary(),
            config => config["save_projection"] = false);
    }

    private void Write(IReadOnlyDictionary<string, Tensor> tensors, Action<JsonObject>? change = null)
    {
        var config = PeftGoldenTests.Config(_golden.AdapterFolder);
        change?.Invoke(config);
        File.WriteAllText(_folder["adapter_config.json"], config.ToJsonString());
        SafetensorsWriter.Write(_folder["adapter_model.safetensors"], tensors);
    }
}
