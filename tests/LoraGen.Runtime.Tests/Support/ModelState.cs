using System.Security.Cryptography;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>All that a model holds, bit for bit, and which parameters require a gradient: one line of text a tensor, so that failures name it.</summary>
internal static class ModelState
{
    public static IReadOnlyList<string> Of(nn.Module model)
    {
        return [.. model.state_dict().Select(entry => Line(entry.Key, entry.Value))];
    }

    /// <summary>Without the flags: for models that are still frozen.</summary>
    public static IReadOnlyList<string> BitsOf(nn.Module model)
    {
        return [.. model.state_dict().Select(entry => Bits(entry.Key, entry.Value))];
    }

    private static string Line(string name, Tensor tensor) => $"{Bits(name, tensor)} requires_grad={tensor.requires_grad}";

    private static string Bits(string name, Tensor tensor)
    {
        return $"{name} {tensor.dtype} [{string.Join(',', tensor.shape)}] {Convert.ToHexString(SHA256.HashData(Expect.Bytes(tensor)))[..16]}";
    }
}
