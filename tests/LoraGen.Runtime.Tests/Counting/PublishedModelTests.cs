using LoraGen.Runtime.Tests.Models.Published;

namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Models in the manner of their authors, counted without a weight: what the adapter does not train must be the published number.</summary>
public sealed class PublishedModelTests
{
    [Fact]
    public void ResNet() // torchvision: 11,689,512 and 25,557,032
    {
        Is(11_689_512, ResNetLora.Count(false, [2, 2, 2, 2]));
        Is(21_797_672, ResNetLora.Count(false, [3, 4, 6, 3]));
        Is(25_557_032, ResNetLora.Count(true, [3, 4, 6, 3]));
        Is(44_549_160, ResNetLora.Count(true, [3, 4, 23, 3]));
    }

    [Fact]
    public void ViT_B_16() => Is(86_567_656, VisionTransformerLora.Count(new VitConfig())); // torchvision

    [Fact]
    public void T5()
    {
        Is(60_506_624, T5Lora.Count(new T5Config())); // google-t5/t5-small
        Is(222_903_552, T5Lora.Count(new T5Config { DModel = 768, DFf = 3072, NumLayers = 12, NumHeads = 12 })); // google-t5/t5-base
    }

    [Fact]
    public void Mixtral_8x7B() => Is(46_702_792_704, MixtralLora.Count(new MixtralConfig())); // mistralai/Mixtral-8x7B-v0.1

    private static void Is(long published, ParameterCount count) => Assert.Equal(published, count.Total - count.Trainable);
}
