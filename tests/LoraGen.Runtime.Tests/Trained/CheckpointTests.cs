namespace LoraGen.Runtime.Tests.Trained;

/// <summary>Loading the base model while an adapter trains a part of it.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NewHead _model = Make.Model(() => new NewHead());
    private readonly NewHead _other = Make.Model(() => new NewHead(), seed: 2);

    public CheckpointTests() => SafetensorsWriter.Write(_folder["model.safetensors"], _other.state_dict());

    public void Dispose()
    {
        _model.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_not_trained_yet_starts_from_the_checkpoint()
    {
        using var lora = _model.AttachLora();
        _model.LoadCheckpoint(_folder.Path);

        Assert.Equal(ModelState.BitsOf(_other), ModelState.BitsOf(_model));
        Assert.Equal(6, _model.parameters().Count(parameter => parameter.requires_grad));
        lora.IsActive = false;
        Assert.Equal(ModelState.BitsOf(_other), ModelState.BitsOf(_model));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_was_trained_stays_the_adapters(bool isActive)
    {
        using var lora = Make.Trained(_model.AttachLora());
        var trained = lora.Parameters().Select(Expect.Bytes).ToArray();
        lora.IsActive = isActive;
        _model.LoadCheckpoint(_folder.Path);

        lora.IsActive = true;
        Assert.Equal(trained, lora.Parameters().Select(Expect.Bytes));
        lora.Detach();
        Assert.Equal(ModelState.Of(_other), ModelState.Of(_model));
    }
}
