using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Training;

/// <summary>Separate models on separate threads don't meet.</summary>
public sealed class ThreadTests
{
    [Fact]
    public void Models_of_one_class_can_be_adapted_at_once()
    {
        var models = Enumerable.Range(1, 4).Select(seed => Make.Model(() => new Perceptron(), seed)).ToArray();
        var input = Make.Normal(3, 5, 6);
        Parallel.ForEach(models, new ParallelOptions { MaxDegreeOfParallelism = 4 }, model =>
        {
            var before = ModelState.Of(model);
            for (var round = 0; round < 20; round++)
            {
                using var scope = NewDisposeScope();
                using var lora = model.AttachLora();
                using (no_grad())
                    lora.Up.B.add_(0.5);
                var expected = Reference.Output(lora.Down, Reference.Output(lora.Up, input).tanh());
                Expect.Close(expected, model.forward(input));
                model.forward(input).sum().backward();
                lora.Merge();
                Expect.Close(expected, model.forward(input));
            }

            Assert.Equal(before, ModelState.Of(model));
        });
    }
}
