namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Compares an adapter's two files with those that PEFT wrote.</summary>
internal static class SameFiles
{
    public static void Check(string theirFolder, string ourFolder)
    {
        var theirs = PeftGoldenTests.Config(theirFolder);
        var ours = PeftGoldenTests.Config(ourFolder);
        foreach (var (key, value) in theirs)
            Assert.Equal(PeftGoldenTests.Meaning(key, value), PeftGoldenTests.Meaning(key, ours[key]));
        Assert.Empty(ours.Select(entry => entry.Key).Except(theirs.Select(entry => entry.Key)));

        using var expected = SafetensorsFile.Open(Path.Combine(theirFolder, "adapter_model.safetensors"));
        using var actual = SafetensorsFile.Open(Path.Combine(ourFolder, "adapter_model.safetensors"));
        Assert.Equal(expected.Tensors.Select(tensor => tensor.Name), actual.Tensors.Select(tensor => tensor.Name));
        foreach (var tensor in expected.Tensors)
            Expect.SameBits(expected.Read(tensor.Name), actual.Read(tensor.Name), tensor.Name);
    }
}
