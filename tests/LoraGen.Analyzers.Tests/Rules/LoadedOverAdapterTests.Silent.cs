namespace LoraGen.Analyzers.Tests.Rules;

/// <content>Where the rule says nothing.</content>
public sealed partial class LoadedOverAdapterTests
{
    protected override IReadOnlyList<string> Silent =>
    [
        """
        static class Program
        {
            static void Run(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                model.call(x);
                lora.Unmerge();
                model.load("base.dat");
            }
        }
        """,
        """
        static class Program
        {
            static void Run(Net model)
            {
                model.load("base.dat");
                using var lora = model.AttachLora();
                lora.Merge();
            }
        }
        """,
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                model.load("base.dat");
                lora.Merge();
            }
        }
        """,
        // Another model.
        """
        static class Program
        {
            static void Run(Net model, Net teacher)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                teacher.load("teacher.dat");
            }
        }
        """,
        // Perhaps not merged.
        """
        static class Program
        {
            static void Run(Net model, bool merge)
            {
                using var lora = model.AttachLora();
                if (merge)
                    lora.Merge();
                model.load("base.dat");
            }
        }
        """,
        // The loaded weights are kept.
        """
        static class Program
        {
            static void Run(Net model)
            {
                var lora = model.AttachLora();
                lora.Merge();
                lora.MergeAndUnload();
                model.load("base.dat");
            }
        }
        """,
        // Its own method may load anything.
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                model.load_words("words.txt");
            }

            static void load_words(this Module model, string file) => Console.WriteLine(model.GetName() + file);
        }
        """,
        """
        static class Program
        {
            static void Run(Classifier model)
            {
                using var lora = model.AttachLora();
                lora.IsActive = false;
                model.load("base.dat");
                lora.IsActive = true;
            }
        }

        [Lora(Rank = 2)]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            [Trainable] private readonly Linear head = Linear(64, 2);

            public Classifier() : base("Classifier") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
        """
        static class Program
        {
            static void Run(Classifier model)
            {
                model.load("base.dat");
                using var lora = model.AttachLora();
            }
        }

        [Lora(Rank = 2)]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            [Trainable] private readonly Linear head = Linear(64, 2);

            public Classifier() : base("Classifier") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
        // Nothing is trained beside A and B.
        """
        static class Program
        {
            static void Run(Classifier model)
            {
                using var lora = model.AttachLora();
                model.load("base.dat");
            }
        }

        [Lora(Rank = 2)]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Linear head = Linear(64, 2);

            public Classifier() : base("Classifier") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
        // Another adapter trains it.
        """
        static class Program
        {
            static void Run(Classifier model)
            {
                using var lora = model.AttachLora();
                model.load("base.dat");
            }
        }

        [Lora(Rank = 2)]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            [Trainable(Name = "style")] private readonly Linear head = Linear(64, 2);

            public Classifier() : base("Classifier") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
        // Its own values are given back.
        """
        static class Program
        {
            static void Run(Classifier model)
            {
                using var lora = model.AttachLora();
                model.save("best.dat");
                model.load("best.dat");
            }
        }

        [Lora(Rank = 2)]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            [Trainable] private readonly Linear head = Linear(64, 2);

            public Classifier() : base("Classifier") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
    ];
}
