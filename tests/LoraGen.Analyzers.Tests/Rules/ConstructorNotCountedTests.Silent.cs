using System.Globalization;

namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class ConstructorNotCountedTests
{
    protected override IReadOnlyList<string> Silent =>
    [
        // Sizes that hang on what the caller gives.
        $$"""
        public sealed record Config(int Width, int Depth);

        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> blocks = [];

            public Model(Config config, string file)
                : base(file)
            {
                for (var i = 0; i < config.Depth; i++)
                    blocks.Add(Linear(config.Width, config.Width * 4));
                RegisterComponents();
            }

            {{Forward}}
        }
        """,
        // No other class can call it.
        $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Model(int width)
                : base("Model")
            {
                fc1 = Linear(width, 64);
                RegisterComponents();
            }

            private Model()
                : base("Model")
            {
                fc1 = Linear(64, {{Width}});
                RegisterComponents();
            }

            {{Forward}}
        }
        """,
        // No count hangs on it.
        $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly double scale;

            public Model()
                : base("Model")
            {
                scale = {{Width}} / 2.0;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x * scale;
        }
        """,
        // Nobody adapts it.
        $$"""
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, {{Width}});

            public Model() : base("Model") => RegisterComponents();

            {{Forward}}
        }
        """,
        // There is none to make.
        $$"""
        [Lora]
        public abstract class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, {{Width}});

            protected Model() : base("Model") => RegisterComponents();

            {{Forward}}
        }
        """,
        // It gets no adapter, as LORA1015 says.
        $$"""
        public static class Models
        {
            [Lora]
            private sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(64, {{Width}});

                public Model() : base("Model") => RegisterComponents();

                {{Forward}}
            }
        }
        """,
    ];

    [Fact]
    public void Each_model_that_is_stopped_is_named()
    {
        var found = Found(Clean(Fires[^1])).Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal);
        var why = $"Block: {Width} can't be told from the source";
        Assert.Equal(
            [
                $"{why}, so no Count is generated for new First(); the ParameterCount of an attached adapter is exact as always",
                $"{why}, so no Count is generated for new Second(); the ParameterCount of an attached adapter is exact as always",
            ],
            found);
    }

    [Fact]
    public void One_reason_for_several_constructors_is_told_once()
    {
        var found = Found(Clean($$"""
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(64, {{Width}});

                public Model(int depth) : base("Model") => RegisterComponents();

                public Model(string name) : base(name) => RegisterComponents();

                {{Forward}}
            }
            """));
        Assert.Contains("for new Model(int) and new Model(string);", Assert.Single(found).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void An_IDE_shows_it_in_the_file_where_it_stands()
    {
        var project = AnalyzedProject.Of(Clean(Fires[3]));
        Assert.Equal(Id, Assert.Single(project.AnalyzeOpen("Block.cs")).Id);
        Assert.Empty(project.AnalyzeOpen("Input.cs"));
    }

    [Fact]
    public void It_says_what_the_generated_file_says()
    {
        Assert.All(Fires.Concat(Silent), code =>
        {
            var project = AnalyzedProject.Of(Clean(code));
            var said = project.Analyze()
                .Where(diagnostic => diagnostic.Id == Id)
                .Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))
                .Select(message => message[..message.IndexOf(", so no Count", StringComparison.Ordinal)]);
            var written = project.Generated.GeneratedSources
                .Select(source => source.SourceText.ToString())
                .SelectMany(text => text.Split("// Not counted before there is a model:\n").Skip(1))
                .Select(rest => rest.Split('\n').TakeWhile(line => line.StartsWith("//   ", StringComparison.Ordinal)).Select(line => line["//   ".Length..]))
                .SelectMany(lines => lines);
            Assert.Equal(written.Distinct().Order(StringComparer.Ordinal), said.Distinct().Order(StringComparer.Ordinal));
        });
    }
}
