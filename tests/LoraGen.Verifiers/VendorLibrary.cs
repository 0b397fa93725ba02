using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
        """;

    public static MetadataReference Reference { get; } = Compile();

    private static MetadataReference Compile()
    {
        var compilation = CSharpCompilation.Create(
            "Vendor.Models",
            [CSharpSyntaxTree.ParseText(Source)],
            TestReferences.With([typeof(torch)]),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        return emitted.Success
            ? MetadataReference.CreateFromImage(image.ToArray())
            : throw new HarnessException($"The vendor's library doesn't compile: {string.Join("\n", emitted.Diagnostics)}");
    }
}
