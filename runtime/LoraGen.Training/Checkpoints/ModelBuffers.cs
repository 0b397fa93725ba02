using System.Security.Cryptography;
using static TorchSharp.torch;

namespace LoraGen.Training.Checkpoints;

/// <summary>
/// The buffers of a model that have changed since a training was created, such as the running statistics of a norm. Those of a trained adapter's base model are
/// in no other file.
/// </summary>
internal sealed class ModelBuffers
{
    private readonly nn.Module _model;
    private readonly Dictionary<string, string> _hashes;

    public ModelBuffers(nn.Module model)
    {
        _model = model;
        _hashes = All().ToDictionary(entry => entry.Name, entry => Hash(entry.Buffer));
    }

    public IEnumerable<(string Name, Tensor Buffer)> Changed => All().Where(entry => _hashes.GetValueOrDefault(entry.Name) != Hash(entry.Buffer));

    public Tensor this[string name] => All().First(entry => entry.Name == name).Buffer;

    private IEnumerable<(string Name, Tensor Buffer)> All() => _model.named_buffers().Select(named => (named.name, named.buffer));

    private static string Hash(Tensor buffer)
    {
        using var scope = NewDisposeScope();
        return Convert.ToHexString(SHA256.HashData(buffer.detach().cpu().contiguous().bytes));
    }
}
