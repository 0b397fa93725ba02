using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Errors;

/// <summary>Adapters used wrongly.</summary>
public sealed class UseErrorTests
{
    private readonly Toy _model = Make.Model(() => new Toy());

    [Fact]
    public void No_model()
    {
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => ((Toy)null!).AttachLora()).ParamName);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_backward_pass_without_an_adapter_that_takes_part_names_it(bool isMerged)
    {
        using var lora = _model.AttachLora();
        if (isMerged)
            lora.Merge();
        else
            lora.IsActive = false;
        var loss = _model.forward(Make.Normal(3, 2, 5, 32)).sum();
        Assert.Equal(
            $"Adapter \"default\" is {(isMerged ? "merged" : "not active")}, so the output of Toy does not depend on the adapter's parameters, and nothing "
            + $"requires a gradient. {(isMerged ? "Call Unmerge()" : "Set IsActive to true")} before the call from which the loss is computed.",
            Assert.Throws<InvalidOperationException>(() => loss.backward()).Message);
    }

    [Fact]
    public void A_backward_pass_that_fails_for_another_reason_is_libtorchs()
    {
        using var lora = _model.AttachLora();
        var loss = ones(1).sum();
        _model.forward(Make.Normal(3, 2, 5, 32)).Dispose();
        Assert.Throws<ExternalException>(() => loss.backward());
        using var second = _model.AttachOtherLora();
        lora.IsActive = false;
        _model.forward(Make.Normal(3, 2, 5, 32)).sum().backward();
    }

    [Theory, InlineData(""), InlineData("  ")]
    public void No_name(string name)
    {
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => _model.AttachLora(name)).ParamName);
    }

    // A folder of its own is made for it: the name must not lead out of the one that the user gives.
    [Theory]
    [InlineData("../../evil", "has '.' in it")]
    [InlineData("a\0b", "has U+0000 in it")]
    [InlineData("..", "has no letter and no digit")]
    [InlineData(" style", "begins or ends with a space")]
    [InlineData("Lora_A", "is part of every key of an adapter's file")]
    [InlineData("CON", "is the name of a device on Windows")]
    [InlineData("nul", "is the name of a device on Windows")]
    [InlineData("com1", "is the name of a device on Windows")]
    [InlineData("LPT³", "is the name of a device on Windows")]
    [InlineData("style.", "has '.' in it")]
    [InlineData("style/x", "has '/' in it")]
    public void A_name_that_is_no_folders(string name, string fault)
    {
        var before = ModelState.Of(_model);
        var error = Assert.Throws<ArgumentException>(() => _model.AttachLora(name));
        Assert.Equal("name", error.ParamName);
        Assert.StartsWith($"The adapter's name \"{name}\" {fault}; it becomes part of folders and keys", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(_model));
    }

    // An attribute can't have such a text.
    [Fact]
    public void Half_of_a_character_is_no_folders_name()
    {
        foreach (var name in new[] { "a\ud800b", "a\ud800", "\udc00a" })
            Assert.Contains("in it; it becomes part of", Assert.Throws<ArgumentException>(() => _model.AttachLora(name)).Message, StringComparison.Ordinal);
        _model.AttachLora("a\ud83d\ude00").Dispose();
    }

    // In UTF-8 an umlaut has two bytes.
    [Theory, InlineData('a', 128), InlineData('ä', 64)]
    public void A_name_is_as_long_as_folders_can_be(char c, int most)
    {
        _model.AttachLora(new string(c, most)).Dispose();
        var error = Assert.Throws<ArgumentException>(() => _model.AttachLora(new string(c, most + 1)));
        Assert.Contains("is longer than 128 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("style", "STYLE"), InlineData("ÄON", "äon")]
    public void Two_names_that_are_one_folder_on_some_system(string first, string second)
    {
        using var lora = _model.AttachLora(first);
        var error = Assert.Throws<InvalidOperationException>(() => _model.AttachLora(second));
        Assert.Contains($"An adapter named \"{first}\" is already attached", error.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{second}\" would be the same folder on some systems", error.Message, StringComparison.Ordinal);
        lora.Dispose();
        _model.AttachLora(second).Dispose();
    }

    [Theory, InlineData(""), InlineData("  ")]
    public void No_folder(string folder)
    {
        var before = ModelState.Of(_model);
        Assert.Equal("folder", Assert.Throws<ArgumentException>(() => _model.AttachLoraFrom(folder)).ParamName);
        Assert.Equal("folder", Assert.Throws<ArgumentException>(() => _model.AttachLoraForInference(folder)).ParamName);
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void No_path()
    {
        using var lora = _model.AttachLora();
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => lora[null!]).ParamName);
    }

    [Fact]
    public void An_unknown_path_names_the_nearest()
    {
        using var lora = _model.AttachLora();
        Assert.Equal(
            "Adapter \"default\" has no site \"layers.1.attn.v_prj\". Nearest: layers.1.attn.v_proj, layers.0.attn.v_proj, layers.1.attn.q_proj.",
            Assert.Throws<KeyNotFoundException>(() => lora["layers.1.attn.v_prj"]).Message);
    }

    [Fact]
    public void Disposed_it_does_not_contribute_and_throws()
    {
        var lora = Make.Trained(_model.AttachLora());
        var input = Make.Normal(3, 2, 5, 32);
        lora.Dispose();

        Assert.False(lora.IsAttached);
        Expect.SameBits(_model.forward(input), _model.call(input));
        Assert.Equal("ToyLora \"default\": 4 sites, disposed", lora.ToString());
        Assert.Equal("layers.0.attn.q_proj: Linear(32 → 48), LoRA rank 8, alpha 16, scaling 2", lora.Layers[0].Attn.QProj!.ToString());
        lora.Detach();
        lora.Dispose();
    }

    private static readonly Dictionary<string, Action<ToyLora>> Uses = new()
    {
        ["Parameters"] = lora => lora.Parameters(),
        ["ParameterCount"] = lora => _ = lora.ParameterCount,
        ["IsActive"] = lora => lora.IsActive = false,
        ["ActivateOnly"] = lora => lora.ActivateOnly(),
        ["Merge"] = lora => lora.Merge(),
        ["Unmerge"] = lora => lora.Unmerge(),
        ["MergeAndUnload"] = lora => lora.MergeAndUnload(),
        ["Save"] = lora => lora.Save("nowhere"),
        ["Load"] = lora => lora.Load("nowhere"),
        ["Penalty"] = lora => lora.Penalty(),
        ["To device"] = lora => lora.To(TestDevice.Device),
        ["To dtype"] = lora => lora.To(TorchSharp.torch.ScalarType.Float64),
        ["To both"] = lora => lora.To(TestDevice.Device, TorchSharp.torch.ScalarType.Float64),
        ["A"] = lora => _ = lora.Layers[0].Attn.QProj!.A,
        ["B by name"] = lora => _ = lora.Sites[0]["B"],
        ["Parameters of a site"] = lora => _ = lora.Sites[0].Parameters,
        ["Delta"] = lora => lora.Layers[0].Attn.QProj!.Delta(),
    };

    public static TheoryData<string> NamesOfUses => [.. Uses.Keys];

    [Theory, MemberData(nameof(NamesOfUses))]
    public void Disposed_it_says_so(string use)
    {
        foreach (var isMerged in new[] { false, true })
        {
            var lora = _model.AttachLora();
            if (isMerged)
                lora.Merge();
            lora.Dispose();
            Assert.Contains("is disposed", Assert.Throws<ObjectDisposedException>(() => Uses[use](lora)).Message);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Detached_it_is_not_switched(bool isActive)
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Detach();
        Assert.Contains("is detached", Assert.Throws<InvalidOperationException>(() => lora.IsActive = isActive).Message);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Of_a_disposed_model_it_is_only_disposed(bool isMerged)
    {
        var model = Make.Model(() => new NewHead());
        var lora = Make.Trained(model.AttachLora());
        var parameters = lora.Sites.SelectMany(site => site.Parameters).ToArray();
        if (isMerged)
            lora.Merge();
        model.Dispose();

        Assert.Contains("is disposed", Assert.Throws<InvalidOperationException>(() => lora.Save("nowhere")).Message);
        Assert.Contains("is disposed", Assert.Throws<InvalidOperationException>(lora.ActivateOnly).Message);
        Assert.Contains("is disposed", Assert.Throws<InvalidOperationException>(() => lora.IsActive = false).Message);
        lora.Detach();
        Assert.False(lora.IsAttached);
        lora.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }
}
