namespace LoraGen.Analyzers.Tests.Rules;

public sealed class MergedByHandTests : RuleTests
{
    protected override string Id => "LORA5004";

    protected override string Message =>
        "B·A is added to layer.weight in the weight's own type and permanently; "
        + "call the adapter's Merge(), which computes in float32, rounds once and can be undone";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Merge(NetLora lora)
            {
                using var guard = no_grad();
                foreach (var site in lora.Sites.OfType<LoraSite>())
                {
                    var layer = (Linear)site.Module;
                    {|LORA5004:layer.weight.add_(site.Delta())|};
                }
            }
        }
        """,
        """
        using var net = new Net();
        using var lora = net.AttachLora();
        var layer = (Linear)lora.Fc1.Module;
        var delta = lora.Fc1.B.matmul(lora.Fc1.A) * lora.Fc1.Scaling;
        var half = delta.to(ScalarType.Float16);
        {|LORA5004:layer.weight = new Parameter(layer.weight + half)|};
        """,
        """
        sealed class Layer(NetLora lora)
        {
            public void Fold(Parameter weight)
            {
                using (no_grad())
                {
                    {|LORA5004:weight.copy_(weight + lora.Fc2.Delta())|};
                    lora.Detach();
                }
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // What it would be, beside the weight.
        """
        static class Program
        {
            static Tensor Merged(NetLora lora, Linear layer)
            {
                var merged = layer.weight.clone();
                merged.add_(lora.Fc1.Delta());
                return merged.add(layer.weight + lora.Fc1.Delta());
            }
        }
        """,
        // Merge itself.
        """
        static class Program
        {
            static void Merge(NetLora lora)
            {
                Console.WriteLine(lora.Fc1.Delta().norm());
                lora.Merge();
            }
        }
        """,
        // Something else is added.
        """
        static class Program
        {
            static void Noise(NetLora lora, Linear layer)
            {
                using var guard = no_grad();
                var norm = lora.Fc1.Delta().norm();
                layer.weight.add_(randn(layer.weight.shape));
                lora.Fc1.B.copy_(lora.Fc1.B * 2);
                Console.WriteLine(norm);
            }
        }
        """,
        // A Delta of another kind.
        """
        sealed class Update
        {
            public Tensor Delta() => zeros(1);
        }

        static class Program
        {
            static void Apply(NetLora lora, Linear layer, Update update)
            {
                lora.Merge();
                layer.weight.add_(update.Delta());
            }
        }
        """,
    ];
}
