using LoraGen;
using LoraGen.Training;
using Vision.ResNet;
using Vision.Shapes;
using Vision.Training;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Vision;

public sealed class ShapeTrainingTests : IProgress<TrainingState>
{
    private readonly List<double> _losses = [];

    void IProgress<TrainingState>.Report(TrainingState value) => _losses.Add(value.Loss);

    [Fact]
    public async Task It_learns_and_the_merged_and_the_saved_model_are_the_adapted_one()
    {
        using var folder = new TemporaryFolder();
        using var preprocessing = new Preprocessing(64);
        var images = Images(preprocessing, count: 32, size: 64);
        using var shown = images.Epoch(0).First();
        random.manual_seed(1);
        using var model = new ShapeClassifier(ResNet18Package.Load());
        var statistics = Statistics(model);
        using var lora = model.AttachLora();
        var before = Logits(model, shown);

        await ShapeTraining.RunAsync(model, lora, lora.Parameters(), images, epochs: 6, this);

        Assert.True(_losses[^2..].Average() < 0.7 * _losses[..2].Average(), string.Join(", ", _losses));
        Assert.All(statistics.Zip(Statistics(model)), pair => Expect.SameBits(pair.First, pair.Second));
        Assert.InRange(ShapeTraining.Test(model, images).Accuracy, 0.75, 1);
        var adapted = Logits(model, shown);
        Expect.Differ(before, adapted, 1);

        lora.Save(folder["adapter"]);
        lora.Merge();
        var merged = Logits(model, shown);
        Expect.Close(adapted, merged, 1e-3);
        model.SaveCheckpoint(folder["merged"]);

        using var again = new ShapeClassifier(ResNet18Package.Load());
        using var loaded = again.AttachLoraForInference(folder["adapter"]);
        Expect.SameBits(adapted, Logits(again, shown));

        using var plain = new ShapeClassifier(new ResNet18());
        plain.LoadCheckpoint(folder["merged"]);
        Expect.SameBits(merged, Logits(plain, shown));
    }

    [Fact]
    public async Task The_head_alone_leaves_the_rest_as_it_was()
    {
        using var preprocessing = new Preprocessing(32);
        var images = Images(preprocessing, count: 16, size: 32);
        using var model = new ShapeClassifier(new ResNet18());
        var before = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());

        await ShapeTraining.RunAsync(model, null, model.HeadAlone(), images, epochs: 1, this);

        foreach (var (name, value) in model.state_dict())
            Assert.Equal(name.StartsWith("head.", StringComparison.Ordinal), !Expect.Bytes(value).SequenceEqual(Expect.Bytes(before[name])));
    }

    private static TensorBatches Images(Preprocessing preprocessing, int count, int size)
    {
        var (images, labels) = ShapeImages.Draw(preprocessing, count, size, seed: 1);
        return new TensorBatches(images, labels, batchSize: 16, seed: 1);
    }

    private static Tensor Logits(ShapeClassifier model, TensorBatch batch)
    {
        using var noGrad = no_grad();
        model.eval();
        return model.call(batch.Inputs);
    }

    private static Tensor[] Statistics(ShapeClassifier model) => [.. model.named_buffers().Select(named => named.buffer.clone())];
}
