using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using TorchSharp;

namespace LoraGen.Verifiers;

/// <summary>An assembly that every test project references, compiled without LoraGen: module classes that someone else wrote.</summary>
internal static class VendorLibrary
{
    private const string Source = """
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        namespace Vendor;

        public class Encoder : Module<Tensor, Tensor>
        {
            public readonly Linear query = Linear(64, 64);
            public readonly ModuleList<Linear> layers = new(Linear(64, 64), Linear(64, 64));

            public Encoder() : base("Encoder") => RegisterComponents();

            public override Tensor forward(Tensor x) => layers[0].forward(query.forward(x));
        }

        public class Vision : Module<Tensor, Tensor>
        {
            public readonly Conv2d conv = Conv2d(3, 8, 3);

            public Vision() : base("Vision") => RegisterComponents();

            public override Tensor forward(Tensor x) => conv.forward(x);
        }

        public sealed class Closed : Module<Tensor, Tensor>
        {
            private readonly Linear inner = Linear(64, 64);
            private readonly Conv2d conv = Conv2d(3, 8, 3);

            public Closed() : base("Closed") => RegisterComponents();

            public override Tensor forward(Tensor x) => inner.forward(x) + conv.weight!.sum();
        }

        public sealed class Swish() : Module<Tensor, Tensor>("Swish")
        {
            private readonly Parameter scale = new(ones(1));

            public override Tensor forward(Tensor x) => x * x.mul(scale).sigmoid();
        }
        """;

    public static MetadataReference Reference { get; } = Compile("Vendor.Models", Source, new EmitOptions());

    /// <summary>What a project reference gives the compiler: an assembly without private members.</summary>
    public static MetadataReference OfProject { get; } = Compile(
        "Vendor.Project",
        Source.Replace("namespace Vendor;", "namespace Project;", StringComparison.Ordinal),
        new EmitOptions(metadataOnly: true, includePrivateMembers: false));

    private static MetadataReference Compile(string name, string source, EmitOptions options)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source)],
            TestReferences.With([typeof(torch)]),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image, options: options);
        return emitted.Success
            ? MetadataReference.CreateFromImage(image.ToArray())
            : throw new HarnessException($"The vendor's library doesn't compile: {string.Join("\n", emitted.Diagnostics)}");
    }
}
