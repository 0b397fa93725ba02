namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BaseUnfrozenTests : FixableRuleTests
{
    protected override string Id => "LORA4005";

    protected override string Message =>
        "This unfreezes every parameter of model, which AttachLora() has frozen: "
        + "the whole base model trains, or fills memory with its gradients; remove it";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                foreach (var parameter in {|LORA4005:model.parameters()|})
                    parameter.requires_grad = true;
            }
        }
        """,
        """
        using var net = new Net();
        net.AttachLora();
        foreach (var (name, parameter) in {|LORA4005:net.named_parameters()|})
        {
            parameter.requires_grad_(true);
        }
        """,
        """
        sealed class Trainer(Net net)
        {
            private NetLora? _lora;

            public int Begin()
            {
                _lora = net.AttachLora();
                if (net.training)
                {
                    foreach (var entry in {|LORA4005:net.named_parameters(true)|})
                        entry.parameter.requires_grad_();
                }

                return _lora.Sites.Count;
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Frozen a second time.
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                foreach (var parameter in model.parameters())
                    parameter.requires_grad = false;
            }
        }
        """,
        // Chosen ones.
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                foreach (var (name, parameter) in model.named_parameters())
                {
                    if (name.EndsWith("bias"))
                        parameter.requires_grad = true;
                }

                foreach (var parameter in model.parameters().Take(1))
                    parameter.requires_grad = true;
            }
        }
        """,
        // A part of the model.
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                foreach (var child in model.children().Take(1))
                {
                    foreach (var parameter in child.parameters())
                        parameter.requires_grad = true;
                }
            }
        }
        """,
        // Before attaching, and after detaching.
        """
        static class Program
        {
            static void Train(Net model)
            {
                foreach (var parameter in model.parameters())
                    parameter.requires_grad = true;
                var lora = model.AttachLora();
                lora.Detach();
                foreach (var parameter in model.parameters())
                    parameter.requires_grad = true;
            }
        }
        """,
        // The adapter's own.
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                foreach (var parameter in lora.Parameters())
                    parameter.requires_grad = true;
            }
        }
        """,
        // Another model.
        """
        static class Program
        {
            static void Train(Net model, Net critic)
            {
                using var lora = model.AttachLora();
                foreach (var parameter in critic.parameters())
                    parameter.requires_grad = true;
            }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            static class Program
            {
                static void Train(Net model)
                {
                    using var lora = model.AttachLora();

                    // All of it.
                    foreach (var parameter in model.parameters())
                    {
                        parameter.requires_grad = true;
                    }

                    model.train();
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model)
                {
                    using var lora = model.AttachLora();

                    model.train();
                }
            }
            """),
    ];
}
