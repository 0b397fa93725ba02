using System.Text;
using TorchSharp.Modules;

namespace LoraGen.Torch.Tests.Training;

/// <summary>What a training loop needs: the state of an optimizer in a stream, gradients in a parameter's layout, TensorBoard's files.</summary>
public sealed class TrainingLoopTests
{
    [Semantics("OptimizerHelper.save_state_dict", "OptimizerHelper.load_state_dict", "ILearningRateController.set_LearningRate")]
    [Fact]
    public void A_loaded_optimizer_continues_with_its_momentum_and_its_rate()
    {
        using var memory = new MemoryStream();
        var first = new Parameter(full(2, 1.0));
        using (var optimizer = optim.SGD([first], 0.5, momentum: 0.5))
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = 0.25;
            first.grad = full(2, 4.0);
            optimizer.step();
            optimizer.save_state_dict(new BinaryWriter(memory));
        }

        // 1 − 0.25 · 4
        ExpectNumbers.Same(Numbers.Of([2], _ => 0), first);
        memory.Position = 0;
        var second = new Parameter(full(2, 10.0));
        using var loaded = optim.SGD([second], 0.5, momentum: 0.5);
        loaded.load_state_dict(new BinaryReader(memory));
        Assert.Equal(memory.Length, memory.Position);
        second.grad = full(2, 2.0);
        loaded.step();

        // 10 − 0.25 · (0.5 · 4 + 2)
        ExpectNumbers.Same(Numbers.Of([2], _ => 9), second);
    }

    [Semantics("OptimizerHelper.load_state_dict")]
    [Fact]
    public void A_state_is_loaded_from_a_file()
    {
        using var folder = new TemporaryFolder();
        var parameter = new Parameter(full(2, 1.0));
        using (var optimizer = optim.SGD([parameter], 0.5, momentum: 0.5))
        {
            parameter.grad = full(2, 4.0);
            optimizer.step();
            using var file = new BinaryWriter(File.Create(folder["state"]));
            optimizer.save_state_dict(file);
        }

        var other = new Parameter(full(2, 10.0));
        using var loaded = optim.SGD([other], 0.125, momentum: 0.5);
        loaded.load_state_dict(folder["state"]);
        other.grad = full(2, 2.0);
        loaded.step();

        // 10 − 0.5 · (0.5 · 4 + 2)
        ExpectNumbers.Same(Numbers.Of([2], _ => 8), other);
    }

    [Semantics("torch.empty_like")]
    [Fact]
    public void Empty_like_has_the_shape_the_type_and_the_layout()
    {
        var columns = ones(3, 2, dtype: ScalarType.Float64).t();
        var like = empty_like(columns);
        Assert.Equal([2, 3], like.shape);
        Assert.Equal([1, 2], like.stride());
        Assert.Equal(ScalarType.Float64, like.dtype);
        Assert.NotEqual(columns.Handle, like.Handle);
    }

    [Semantics("tensorboard.SummaryWriter", "SummaryWriter.add_scalar")]
    [Fact]
    public void A_scalar_is_a_record_of_an_event_file()
    {
        var folder = Directory.CreateTempSubdirectory("loragen-").FullName;
        try
        {
            var writer = utils.tensorboard.SummaryWriter(Path.Combine(folder, "events"));
            writer.add_scalar("train/loss", 0.625f, 5);
            var file = File.ReadAllBytes(Directory.GetFiles(Path.Combine(folder, "events")).Single());

            // A record: the length, its checksum, the event, its checksum. The last one ends with the summary's value: tag and number (field 2, four bytes).
            var (start, length) = (0, 0);
            for (var next = 0; next < file.Length; next += length + 16)
                (start, length) = (next + 12, (int)BitConverter.ToInt64(file, next));
            byte[] expected = [10, 10, .. Encoding.UTF8.GetBytes("train/loss"), (2 << 3) | 5, .. BitConverter.GetBytes(0.625f)];
            Assert.Equal(expected, file.AsSpan(start + length - expected.Length, expected.Length).ToArray());

            // The step is field 2 of the event.
            Assert.Contains(Convert.ToHexString([2 << 3, 5]), Convert.ToHexString(file.AsSpan(start, length)), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
