using LoraGen.Runtime.Tests.Models.Published;

namespace LoraGen.Runtime.Tests.Estimating;

/// <summary>The bytes of small models, computed without the library.</summary>
public sealed class MemoryEstimateTests
{
    private static readonly MemoryEstimate Estimate = TowerLora.EstimateMemory(3, batch: 3, tokens: 5, new MemoryOptions { AttentionHeads = 2 });

    [Theory]
    [InlineData(TrainingMode.Full32, 4 * 276, 4 * 276, 8 * 276)]
    [InlineData(TrainingMode.FullMixed, 6 * 276, 4 * 276, 8 * 276)]
    [InlineData(TrainingMode.Full16, 2 * 276, 2 * 276, 4 * 276)]
    [InlineData(TrainingMode.Frozen16, 2 * 276, 2 * 124, 4 * 124)] // two of three floors
    [InlineData(TrainingMode.Lora32, 4 * 276 + 4 * 120, 4 * 120, 8 * 120)] // 20 in each of 6 sites
    [InlineData(TrainingMode.Lora16, 2 * 276 + 4 * 120, 4 * 120, 8 * 120)]
    [InlineData(TrainingMode.Lora8, 264 + 2 * 132 + 4 * 120, 4 * 120, 8 * 120)] // 6 matrices of 24 elements: a byte for each, and 4 for each of 6 or 4 rows
    [InlineData(TrainingMode.Lora4, 6 * 41 + 2 * 132 + 4 * 120, 4 * 120, 8 * 120)] // each a block of 32 bytes, a scale of 1, a group of 4, a mean of 4
    [InlineData(TrainingMode.Lora2, 6 * 17 + 2 * 132 + 4 * 120, 4 * 120, 8 * 120)] // each a block of 8 bytes
    public void Weights_gradients_and_optimizer(TrainingMode mode, long weights, long gradients, long optimizer)
    {
        var row = Estimate[mode];
        Assert.Equal((weights, gradients, optimizer), (row.Weights, row.Gradients, row.Optimizer));
        Assert.Equal(weights + gradients + optimizer + row.Activations, row.Total);
        Assert.Equal(row.Total + row.Temporaries, row.Peak);
    }

    // A token: the table 4, the floors 3·(4 + 12 + 6 + 8 + 12), the head 4 + 20; that is 154. The scores: 3 matrices for each of 2 heads, 3 · 5 · 5.
    private const long Made = 15 * 154 + 3 * 2 * 75;

    [Theory]
    [InlineData(TrainingMode.Full32, 4 * Made)]
    [InlineData(TrainingMode.FullMixed, 2 * Made)]
    [InlineData(TrainingMode.Full16, 2 * Made)]
    [InlineData(TrainingMode.Frozen16, 2 * Made)]
    [InlineData(TrainingMode.Lora32, 4 * Made + 15 * 4 * 6 * 2)] // the rank at 6 sites
    [InlineData(TrainingMode.Lora16, 2 * Made + 15 * 4 * (6 * 2 + 3 * (4 + 6)))] // and their inputs in float32
    [InlineData(TrainingMode.Lora4, 2 * Made + 15 * 4 * (6 * 2 + 3 * (4 + 6)))]
    public void Activations(TrainingMode mode, long activations) => Assert.Equal(activations, Estimate[mode].Activations);

    [Theory]
    [InlineData(TrainingMode.Full32, 2 * 4 * 276)] // a step's
    [InlineData(TrainingMode.FullMixed, 2 * 4 * 276)]
    [InlineData(TrainingMode.Frozen16, 2 * 2 * 15 * 10)] // the loss's
    [InlineData(TrainingMode.Lora32, 2 * 4 * 15 * 10)]
    [InlineData(TrainingMode.Lora16, 2 * 4 * 120)]
    public void Temporaries(TrainingMode mode, long temporaries) => Assert.Equal(temporaries, Estimate[mode].Temporaries);

    // Of each floor: LoRA-FA has 20 elements of A, which don't train, and 20 of B. AdaLoRA has 2 · (12 + 18 + 3), a number of ranks for each site, two averages
    // of each element and a mask of 3 for each site. DoRA has 40 and 6 + 4 magnitudes, and keeps the outputs; its dropout keeps 2 · (4 + 6). A bottleneck of 3
    // has 18 + 3 + 18 + 6. GLoRA has A and B of 6, C of 4, D and E of 1. VeRA has
    // 6 + 4 factors of outputs and two of the rank, and for all floors A and B of 7 · 6; it keeps the outputs, and its dropout 4 + 6, but no input of A. OFT has
    // an element for each of 2 + 3 blocks of 2, and keeps what it rotates.
    [Fact]
    public void Methods_count_what_they_declare()
    {
        var options = new MemoryOptions { AttentionHeads = 2 };
        Check(TowerLoraFa.EstimateMemory(3, 3, 5, options), trained: 3 * 20, frozen: 3 * 20, kept: 0, hidden: 3 * 2 * 2, read: 3 * (4 + 6));
        Check(TowerAdaLora.EstimateMemory(3, 3, 5, options), trained: 3 * 66, frozen: 3 * 2, kept: 3 * (132 + 6), hidden: 3 * 2 * 3, read: 3 * (4 + 6));
        Check(TowerDora.EstimateMemory(3, 3, 5, options), trained: 3 * 50, frozen: 0, kept: 0, hidden: 3 * (4 + 20 + 10), read: 3 * (4 + 6));
        Check(TowerBottleneck.EstimateMemory(3, 3, 5, options), trained: 3 * 45, frozen: 0, kept: 0, hidden: 3 * 2 * 3, read: 3 * 6);
        Check(TowerVera.EstimateMemory(3, 3, 5, options), trained: 3 * 24, frozen: 2 * 42, kept: 0, hidden: 3 * (14 + 10 + 10), read: 0);
        Check(TowerOft.EstimateMemory(3, 3, 5, options), trained: 3 * 5, frozen: 0, kept: 0, hidden: 0, read: 3 * (4 + 6));
        Check(TowerGlora.EstimateMemory(3, 3, 5, options), trained: 3 * 18, frozen: 0, kept: 0, hidden: 0, read: 0);

        static void Check(MemoryEstimate estimate, long trained, long frozen, long kept, long hidden, long read)
        {
            var (full, half) = (estimate[TrainingMode.Lora32], estimate[TrainingMode.Lora16]);
            Assert.Equal(
                (4 * (276 + trained + frozen), 4 * trained, (8 * trained) + (4 * kept), 4 * (Made + (15 * hidden))),
                (full.Weights, full.Gradients, full.Optimizer, full.Activations));
            Assert.Equal((2 * Made) + (4 * 15 * (hidden + read)), half.Activations);
        }
    }

    [Theory]
    [InlineData(TrainingMode.Lora8, 524_288 + 4 * 512)]
    [InlineData(TrainingMode.Lora4, 262_144 + 8_192 + 4 * 32 + 4)] // blocks of 64, groups of 256 blocks, a mean
    [InlineData(TrainingMode.Lora2, 131_072 + 16_384 + 4 * 64 + 4)] // blocks of 32
    public void A_quantised_matrix_has_codes_and_scales(TrainingMode mode, long bytes)
    {
        var estimate = ManyConstructorsLora.EstimateMemory(() => new ManyConstructors(1024, 512), 1, 1);
        Assert.Equal(bytes + (2 * 512) + (4 * (1024 + 512)), estimate[mode].Weights);
    }

    [Fact]
    public void The_memory_of_restored_rows_is_added()
    {
        var estimate = ManyConstructorsLora.EstimateMemory(() => new ManyConstructors(1000, 100), 1, 1);
        Assert.Equal(2 * 4 * 1100, estimate[TrainingMode.Lora16].Temporaries);
        Assert.Equal((2 * 4 * 1100) + (2 * (100_000 + 64)), estimate[TrainingMode.Lora4].Temporaries); // the last block is restored as a whole
        Assert.Equal((2 * 4 * 1100) + (2 * (100_000 + 1000)), estimate[TrainingMode.Lora8].Temporaries);

        // 82 MB are restored in two parts.
        estimate = ManyConstructorsLora.EstimateMemory(() => new ManyConstructors(1024, 40_000), 1, 1);
        Assert.Equal((2 * 4 * 41_024) + (2 * ((20_000 * 1024) + 64)), estimate[TrainingMode.Lora4].Temporaries);
    }

    [Fact]
    public void A_quantised_base_that_computes_in_float32()
    {
        var estimate = TowerLora.EstimateMemory(3, batch: 3, tokens: 5, new MemoryOptions { AttentionHeads = 2, QuantizedWithFloat32 = true });
        Assert.Equal((6 * 41) + (4 * 132) + (4 * 120), estimate[TrainingMode.Lora4].Weights);
        Assert.Equal(estimate[TrainingMode.Lora32].Activations, estimate[TrainingMode.Lora4].Activations);
        Assert.Equal((2 * 4 * 15 * 10) + (4 * (24 + 64)), estimate[TrainingMode.Lora4].Temporaries);
        Assert.Equal(Estimate[TrainingMode.Lora16], estimate[TrainingMode.Lora16]);
    }

    // A token: the table 4 and the head 4 + 20; for each group its input of 4; then the floors of a group, 42 each. The scores: those of a group, of 6 · 75.
    [Theory]
    [InlineData(1, 15 * (28 + (3 * 4) + 42) + 150, 15 * 4 * 2 * 2)]
    [InlineData(2, 15 * (28 + (2 * 4) + 84) + 300, 15 * 4 * 4 * 2)]
    [InlineData(3, 15 * (28 + 4 + 126) + 450, 15 * 4 * 6 * 2)]
    [InlineData(8, 15 * (28 + 4 + 126) + 450, 15 * 4 * 6 * 2)]
    public void Of_checkpointed_blocks_the_inputs_are_kept(int every, long made, long ofSites)
    {
        var estimate = TowerLora.EstimateMemory(3, batch: 3, tokens: 5, new MemoryOptions { AttentionHeads = 2, CheckpointEvery = every });
        Assert.Equal(4 * made, estimate[TrainingMode.Full32].Activations);
        Assert.Equal((4 * made) + ofSites, estimate[TrainingMode.Lora32].Activations);
        Assert.Equal(Estimate[TrainingMode.Lora32].Weights, estimate[TrainingMode.Lora32].Weights);
    }

    [Fact]
    public void Moments_of_eight_bits()
    {
        var options = new MemoryOptions { Moments = MomentPrecision.EightBit };
        var estimate = TowerLora.EstimateMemory(3, batch: 3, tokens: 5, options);
        Assert.Equal(2 * (276 + (2 * 4)), estimate[TrainingMode.Full32].Optimizer); // two blocks with a scale
        Assert.Equal(2 * (276 + (2 * 4)), estimate[TrainingMode.Full16].Optimizer);
        Assert.Equal(2 * (120 + 4), estimate[TrainingMode.Lora4].Optimizer);
    }

    [Fact]
    public void A_shared_weight_counts_once_and_works_twice()
    {
        var (tied, apart) = (TiedPairLora.EstimateMemory(true, 1, 1), TiedPairLora.EstimateMemory(false, 1, 1));
        Assert.Equal(4 * (16 + 20), tied[TrainingMode.Full32].Weights);
        Assert.Equal(4 * (16 + 16 + 20), apart[TrainingMode.Full32].Weights);
        Assert.Equal((2 * 16) + (20 + (4 * 5)) + (4 * 8), tied[TrainingMode.Lora8].Weights); // a shared weight is not quantised
        Assert.Equal((2 * (16 + (4 * 4))) + (20 + (4 * 5)) + (4 * 8), apart[TrainingMode.Lora8].Weights);
        Assert.Equal(4 * (12 + 12 + 14), tied[TrainingMode.Full32].Activations);
        Assert.Equal(apart[TrainingMode.Full32].Activations, tied[TrainingMode.Full32].Activations);
    }

    [Fact]
    public void Without_a_list_the_last_members_train()
    {
        Assert.Equal(2 * (16 + 20), TiedPairLora.EstimateMemory(false, 1, 1)[TrainingMode.Frozen16].Gradients);
        Assert.Equal(2 * 20, TiedPairLora.EstimateMemory(false, 1, 1, new MemoryOptions { TrainedBlocks = 1 })[TrainingMode.Frozen16].Gradients);
        Assert.Equal(0, TiedPairLora.EstimateMemory(false, 1, 1, new MemoryOptions { TrainedBlocks = 0 })[TrainingMode.Frozen16].Gradients);
    }

    [Fact]
    public void Of_a_list_in_a_list_the_outer_one_s_modules_train()
    {
        var one = MixtralLora.EstimateMemory(new MixtralConfig(), 1, 1, new MemoryOptions { TrainedBlocks = 1 })[TrainingMode.Frozen16];
        Assert.Equal(2 * 46_702_792_704, one.Weights); // mistralai/Mixtral-8x7B-v0.1
        Assert.Equal(2 * (46_702_792_704 - (2 * 32000 * 4096) - 4096) / 32, one.Gradients);
    }

    [Fact]
    public void The_table()
    {
        var lines = MixtralLora.EstimateMemory(new MixtralConfig(), batch: 1, tokens: 512).ToString().Split('\n');
        Assert.Equal(2 + 9, lines.Length);
        Assert.Equal("GB for batch 1, 512 tokens, AdamW; 0 attention heads with score matrices, 2 blocks trained under Freeze", lines[0]);
        Assert.Equal("method  bits   weights  gradients  optimizer  activations     total  temporaries      peak", lines[1]);
        Assert.Equal("Full      16     93.41      93.41     186.81        25.32    398.94       186.81    585.75", lines[4]);
    }
}
