namespace LoraGen.Analyzers.Tests.Rules;

public sealed class PromptContractMissingTests : RuleTests
{
    protected override string Id => "LORA2022";

    protected override string Message =>
        "Prompt tuning needs a model that implements IPromptable, but Model does not; implement it, and call VirtualTokens.Prepend in the forward that has the "
        + "embeddings";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [{|LORA2022:PromptTuning|}]
        {{Models.OneLinear}}
        """,
        $$"""
        [assembly: {|LORA2022:PTuning(typeof(Model), Tokens = 4)|}]

        {{Models.OneLinear}}
        """,
        """
        [PromptTuning, {|LORA2022:PrefixTuning(Tokens = 4)|}]
        public sealed class Model() : Module<Tensor, Tensor>("Model"), IPromptable
        {
            public long EmbeddingWidth => 4;

            public override Tensor forward(Tensor x) => VirtualTokens.Prepend(this, x).Embeddings;
        }
        """,
        """
        [{|LORA2022:PromptTuning|}]
        public sealed class Model() : Module<Tensor, Tensor>("Model"), Other.IPromptable
        {
            public override Tensor forward(Tensor x) => x;
        }

        namespace Other
        {
            public interface IPromptable;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [PromptTuning, PTuning, PrefixTuning]
        {{Models.Prompted}}
        """,
        $$"""
        [Lora]
        {{Models.OneLinear}}
        """,
        """
        [PromptTuning]
        public sealed class Model() : Base("Model");

        public abstract class Base(string name) : Module<Tensor, Tensor>(name), IPromptable
        {
            public long EmbeddingWidth => 4;

            public override Tensor forward(Tensor x) => VirtualTokens.Prepend(this, x).Embeddings;
        }
        """,
        """
        [PromptTuning]
        public sealed class Model() : Module<Tensor, Tensor>("Model"), IReadable
        {
            long IPromptable.EmbeddingWidth => 4;

            public override Tensor forward(Tensor x) => VirtualTokens.Prepend(this, x).Embeddings;
        }

        public interface IReadable : IPromptable;
        """,
    ];
}
