using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Trained;

/// <summary>Where [Trainable] may stand, and what it says where nothing can train.</summary>
public sealed class TrainedPlaceTests
{
    [Fact]
    public void Modules_lists_containers_and_properties_train_with_all_in_them()
    {
        using var model = Make.Model(() => new TrainedPlaces());
        using var lora = model.AttachLora();

        Assert.Equal(["fc"], lora.Sites.Select(site => site.Path));
        Assert.Equal(
            [
                "counting.scale", "nested.up_proj.weight", "nested.up_proj.bias", "nested.down_proj.weight", "nested.down_proj.bias",
                "list.0.weight", "list.0.bias", "list.1.weight", "list.1.bias", "sequential.0.weight", "sequential.0.bias",
                "<Head>k__BackingField.weight", "<Head>k__BackingField.bias",
            ],
            model.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name).OrderBy(name => name.StartsWith('c') ? 0 : 1));
        Assert.Equal(2 + 13 + 2, lora.Parameters().Count);
    }

    [Fact]
    public void Buffers_are_saved_and_restored_with_their_module()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new TrainedPlaces());
        var input = ones(2, 4).to(TestDevice.Device);
        using (var lora = model.AttachLora())
        {
            model.forward(input);
            model.forward(input);
            lora.Save(folder.Path);
            Assert.Equal(2, Calls());
            lora.IsActive = false;
            Assert.Equal(0, Calls());
        }

        Assert.Equal(0, Calls());
        using var again = model.AttachLoraFrom(folder.Path);
        Assert.Equal(2, Calls());

        float Calls() => model.state_dict()["counting.calls"].item<float>();
    }

    [Fact]
    public void A_shared_weight_trains_once_and_is_saved_under_both_names()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new TrainedTied());
        var before = ModelState.Of(model);
        using (var lora = Make.Trained(model.AttachLora()))
        {
            Assert.Equal(3, lora.Parameters().Count);
            lora.Save(folder.Path);
            lora.IsActive = false;
            Assert.Equal(before.Select(Bits), ModelState.Of(model).Select(Bits));
        }

        Assert.Equal(before, ModelState.Of(model));
        using (var file = SafetensorsFile.Open(folder["adapter_model.safetensors"]))
            Expect.SameBits(file.Read("base_model.model.embed.weight"), file.Read("base_model.model.head.weight"));
        using (model.AttachLoraFrom(folder.Path))
            Assert.NotEqual(before.Select(Bits), ModelState.Of(model).Select(Bits));

        static string Bits(string line) => line[..line.IndexOf(" requires_grad", StringComparison.Ordinal)];
    }

    [Fact]
    public void Two_values_for_a_shared_weight_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new TrainedTied());
        using (var lora = model.AttachLora())
            lora.Save(folder.Path);
        Rewrite(folder["adapter_model.safetensors"], "base_model.model.head.weight", tensor => tensor + 1);

        var fault = Assert.Throws<InvalidDataException>(() => model.AttachLoraFrom(folder.Path)).Message;
        Assert.Contains("- tensors base_model.model.embed.weight and base_model.model.head.weight differ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_module_is_refused()
    {
        Refuses(() => new TrainedNothing(), model => model.AttachLora(), "scale has [Trainable], but there is no module");
        Refuses(() => new TrainedDropout(), model => model.AttachLora(), "drop has [Trainable], but nothing to train: it is a module without");
        Refuses(() => new TrainedAndAdapted(), model => model.AttachLora(), "second has [Trainable], but the same layer is adapted as first");
    }

    private static void Refuses<T>(Func<T> create, Func<T, Adapter> attach, string expected)
        where T : nn.Module
    {
        using var model = Make.Model(create);
        var before = ModelState.Of(model);
        var refused = Assert.Throws<InvalidOperationException>(() => attach(model));
        Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    private static void Rewrite(string path, string name, Func<Tensor, Tensor> change)
    {
        Dictionary<string, Tensor> tensors;
        using (var file = SafetensorsFile.Open(path))
            tensors = file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Read(tensor.Name));
        tensors[name] = change(tensors[name]);
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }
}
