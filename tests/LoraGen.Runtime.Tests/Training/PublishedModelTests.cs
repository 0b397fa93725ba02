using LoraGen.Runtime.Tests.Models.Published;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Training;

/// <summary>Whole models through all that one does with an adapter: count, train, merge, save, load, detach.</summary>
public sealed class PublishedModelTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void ResNet() => Holds(
        () => new ResNet(true, [1, 2, 1, 1], 8, 5), model => model.AttachLora(), (model, folder) => model.AttachLoraFrom(folder),
        (model, folder) => model.AttachLoraForInference(folder), ResNetLora.Count(true, [1, 2, 1, 1], 8, 5), model => model.forward(randn(2, 3, 32, 32)));

    [Fact]
    public void UNet() => Holds(
        () => new UNet(3, 2, [4, 8, 16]), model => model.AttachLora(), (model, folder) => model.AttachLoraFrom(folder),
        (model, folder) => model.AttachLoraForInference(folder), UNetLora.Count(3, 2, [4, 8, 16]), model => model.forward(randn(2, 3, 17, 17)));

    [Fact]
    public void VisionTransformer() => Holds(
        () => new VisionTransformer(Small.Vit), model => model.AttachLora(), (model, folder) => model.AttachLoraFrom(folder),
        (model, folder) => model.AttachLoraForInference(folder), VisionTransformerLora.Count(Small.Vit), model => model.forward(randn(2, 3, 16, 16)));

    [Fact]
    public void T5() => Holds(
        () => new T5(Small.T5), model => model.AttachLora(), (model, folder) => model.AttachLoraFrom(folder),
        (model, folder) => model.AttachLoraForInference(folder), T5Lora.Count(Small.T5), model => model.forward(Ids(6), Ids(5)));

    [Fact]
    public void Mixtral() => Holds(
        () => new Mixtral(Small.Mixtral), model => model.AttachLora(), (model, folder) => model.AttachLoraFrom(folder),
        (model, folder) => model.AttachLoraForInference(folder), MixtralLora.Count(Small.Mixtral), model => model.forward(Ids(6)));

    [Fact]
    public void Dlrm() => Holds(
        () => new Dlrm(4, [11, 12, 13], [13, 8, 4], [10, 8, 1]), model => model.AttachLora(), (model, folder) => model.AttachLoraFrom(folder),
        (model, folder) => model.AttachLoraForInference(folder), DlrmLora.Count(4, [11, 12, 13], [13, 8, 4], [10, 8, 1]),
        model => model.forward(randn(2, 13), Ids(3)));

    private static Tensor Ids(long length) => randint(0, 11, [2, length], dtype: ScalarType.Int64);

    private static void Holds<TModel, TAdapter>(
        Func<TModel> make,
        Func<TModel, TAdapter> attach,
        Func<TModel, string, TAdapter> attachFrom,
        Func<TModel, string, InferenceAdapter<TModel>> attachForInference,
        ParameterCount counted,
        Func<TModel, Tensor> run)
        where TModel : nn.Module
        where TAdapter : Adapter<TModel>
    {
        random.manual_seed(3);
        using var scope = NewDisposeScope();
        using var model = make();
        model.train();
        foreach (var norm in model.modules().OfType<BatchNorm2d>())
            norm.eval();

        var state = ModelState.Of(model);
        var plain = Output(run, model);
        using var lora = attach(model);
        Assert.Equal(counted, lora.ParameterCount);
        Assert.Equal(counted.Sites, lora.ParameterCount.Sites);
        Assert.Equal(plain, Output(run, model));

        Train(model, lora, run);
        var trained = Output(run, model);
        Assert.NotEqual(plain, trained);
        lora.Merge();
        Assert.All(trained.Zip(Output(run, model)), pair => Assert.Equal(pair.First, pair.Second, Tolerance * (1 + Math.Abs(pair.First))));
        lora.Unmerge();
        Assert.Equal(trained, Output(run, model));

        using var folder = new TemporaryFolder();
        lora.Save(folder.Path);
        lora.Detach();
        Assert.Equal(plain, Output(run, model));
        Assert.Equal(state, ModelState.Of(model));
        using (attachFrom(model, folder.Path))
            Assert.Equal(trained, Output(run, model));
        using (attachForInference(model, folder.Path))
            Assert.Equal(trained, Output(run, model));
        Assert.Equal(plain, Output(run, model));
    }

    private static void Train<TModel>(TModel model, Adapter lora, Func<TModel, Tensor> run)
        where TModel : nn.Module
    {
        var optimizer = optim.AdamW(lora.TrainedParameters(), lr: 2e-3);
        var losses = new List<float>();
        for (var step = 0; step < 4; step++)
        {
            using var scope = NewDisposeScope();
            random.manual_seed(7);
            var output = run(model);
            var loss = (output - randn(output.shape)).pow(2).mean();
            losses.Add(loss.item<float>());
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }

        Assert.True(losses[^1] < losses[0], $"The losses are {string.Join(", ", losses)}.");
        Assert.All(lora.Sites.SelectMany(site => site.Parameters), parameter => Assert.NotNull(parameter.grad));
        var trained = lora.TrainedParameters().Select(parameter => parameter.Handle).ToHashSet();
        Assert.All(model.parameters().Where(parameter => !trained.Contains(parameter.Handle)), parameter => Assert.Null(parameter.grad));
    }

    private static float[] Output<TModel>(Func<TModel, Tensor> run, TModel model)
    {
        using var _ = no_grad();
        random.manual_seed(7);
        return run(model).contiguous().data<float>().ToArray();
    }
}
