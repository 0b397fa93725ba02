using LoraGen;
using Models.Bert;
using Models.Llama;
using Models.Qwen2;

// What the goldens' adapters are, beside the one that Qwen2ForCausalLM has by its own attribute.
[assembly: Lora(typeof(Qwen2ForCausalLM), Name = "rs", Rank = 8, Alpha = 16, RankStabilized = true, Targets = ["q_proj", "v_proj"])]
[assembly: Lora(typeof(Qwen2ForCausalLM), Name = "last layer", Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"], Layers = "^1")]

// Virtual tokens on each architecture. Those without a name are the goldens'.
[assembly: PromptTuning(typeof(Qwen2ForCausalLM), Tokens = 4)]
[assembly: PTuning(typeof(Qwen2ForCausalLM), Tokens = 4, EncoderSize = 32)]
[assembly: PrefixTuning(typeof(Qwen2ForCausalLM), Tokens = 4)]
[assembly: PrefixTuning(typeof(Qwen2ForCausalLM), Name = "projected", Tokens = 3, Projection = true, ProjectionSize = 5)]
[assembly: PromptTuning(typeof(LlamaForCausalLM), Tokens = 3, Init = PromptInit.Vocabulary)]
[assembly: PrefixTuning(typeof(LlamaForCausalLM), Tokens = 2)]
[assembly: PromptTuning(typeof(BertForSequenceClassification), Tokens = 3)]
[assembly: PrefixTuning(typeof(BertForSequenceClassification), Tokens = 3)]
