// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA2001, LORA2005, LORA2006

using LoraGen;

// As the goldens of the same names were configured in PEFT.
[assembly: Lora(typeof(Toy), Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"])]
[assembly: Lora(typeof(Toy), Name = "other", Rank = 4, Alpha = 4, Targets = ["o_proj", "v_proj"])]
[assembly: Dora(typeof(Toy), Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: Pissa(typeof(Toy), Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: Pissa(typeof(Toy), Name = "residual", Rank = 8, Alpha = 16, SaveResidualForm = true, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: LayerNormTuning(typeof(Toy))]
[assembly: Olora(typeof(Toy), Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: Olora(typeof(Toy), Name = "residual", Rank = 8, Alpha = 16, SaveResidualForm = true, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: Lora(typeof(Toy), Name = "r16", Rank = 16, Alpha = 32, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: Ia3(typeof(Toy), Targets = ["k_proj", "v_proj", "down_proj"], FeedForward = ["down_proj"])]
[assembly: Vera(typeof(Toy), Rank = 8, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: Vera(typeof(Toy), Name = "drawn", Rank = 8, SaveProjection = false, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: Vera(typeof(Toy), Name = "other", Rank = 4, ProjectionKey = 1, Targets = ["q_proj", "up_proj"])]
[assembly: Oft(typeof(Toy), BlockSize = 4, NeumannTerms = 0, Targets = ["q_proj", "v_proj", "down_proj"])]
[assembly: Oft(typeof(Toy), Name = "neumann", BlockSize = 8, Targets = ["q_proj", "v_proj"])]
[assembly: LoraFa(typeof(Toy), Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"])]
[assembly: AdaLora(
    typeof(Toy), InitialRank = 8, TargetRank = 4, Alpha = 16, InitialSteps = 10, FinalSteps = 20, TotalSteps = 100, Targets = ["q_proj", "v_proj"])]
[assembly: AdaLora(
    typeof(Toy), Name = "trained", InitialRank = 6, TargetRank = 3, Alpha = 16, InitialSteps = 2, FinalSteps = 3, TotalSteps = 12,
    Targets = ["q_proj", "v_proj"])]
[assembly: Lora(typeof(Toy), Name = "rs", Rank = 8, Alpha = 16, RankStabilized = true, Targets = ["q_proj", "v_proj"])]
[assembly: Lora(
    typeof(Toy), Name = "all", Rank = 8, Alpha = 16, Targets = ["q_proj", "k_proj", "v_proj", "o_proj", "up_proj", "down_proj"])]
[assembly: Lora(typeof(Toy), Name = "saved", Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"])]
[assembly: Lora(typeof(Toy), Name = "biased", Rank = 8, Alpha = 16, Bias = LoraBias.LoraOnly, Targets = ["o_proj", "q_proj", "v_proj"])]
[assembly: Lora(typeof(Toy), Name = "all biased", Rank = 8, Alpha = 16, Bias = LoraBias.All, Targets = ["o_proj", "q_proj", "v_proj"])]

// For the tests of targets.
[assembly: Lora(typeof(Toy), Name = "everything", Rank = 2)]
[assembly: Lora(typeof(Toy), Name = "star", Rank = 2, Targets = ["layers.*.q_proj"])]
[assembly: Lora(typeof(Toy), Name = "half star", Rank = 2, Targets = ["*_proj"], Exclude = ["mlp.*", "layers.0.attn.o_proj"])]
[assembly: Lora(typeof(Toy), Name = "suffix", Rank = 2, Targets = ["attn.q_proj", "mlp.up_proj"])]
[assembly: Lora(typeof(Toy), Name = "second", Rank = 2, Targets = ["layers.1.attn.q_proj"])]
[assembly: Lora(typeof(Toy), Name = "typo", Rank = 2, Targets = ["q_prj", "v_proj"])]
[assembly: Lora(typeof(Toy), Name = "container", Rank = 2, Targets = ["attn"])]
[assembly: Lora(typeof(Toy), Name = "exclude typo", Rank = 2, Exclude = ["head"])]
[assembly: Lora(typeof(Toy), Name = "empty", Rank = 2, Targets = ["q_proj"], Exclude = ["*_proj"])]
