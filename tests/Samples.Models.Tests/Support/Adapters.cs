using LoraGen;
using Models.Qwen2;

// What the goldens' adapters are, beside the one that Qwen2ForCausalLM has by its own attribute.
[assembly: Lora(typeof(Qwen2ForCausalLM), Name = "rs", Rank = 8, Alpha = 16, RankStabilized = true, Targets = ["q_proj", "v_proj"])]
[assembly: Lora(typeof(Qwen2ForCausalLM), Name = "last layer", Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"], Layers = "^1")]
