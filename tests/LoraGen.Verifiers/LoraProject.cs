using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using TorchSharp;

namespace LoraGen.Verifiers;

/// <summary>The user's project in a test: .NET 8, TorchSharp, LoraGen and a vendor's models. Nothing of it is downloaded.</summary>
internal static partial class LoraProject
{
    /// <summary>What every project has, so that a test's code needs no usings of its own.</summary>
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using LoraGen;
        global using TorchSharp;
        global using TorchSharp.Modules;
        global using static TorchSharp.torch;
        global using static TorchSharp.torch.nn;

        """;

    /// <summary>A model for code that only needs one: <c>Net</c>, with an adapter.</summary>
    public const string Net = """
        [Lora(Rank = 8, Alpha = 16)]
        public sealed class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;
            private readonly Linear fc2;

            public Net()
                : base("Net")
            {
                fc1 = Linear(64, 64);
                fc2 = Linear(64, 32);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc2.forward(functional.relu(fc1.forward(x)));
        }

        """;

    /// <summary>The file of <see cref="Net"/>, for code that needs it without naming it.</summary>
    public static SourceFile NetFile { get; } = new("Net.cs", Net);

    /// <summary>The newest language, documentation checked, calls intercepted.</summary>
    public static CSharpParseOptions ParseOptions { get; } =
        new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose).WithFeatures([new("InterceptorsNamespaces", "LoraGen.Generated")]);

    /// <summary>Nullable, without the diagnostics that an SDK project disables and those of unused usings.</summary>
    public static CSharpCompilationOptions CompilationOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions:
        [
            new("CS1701", ReportDiagnostic.Suppress),
            new("CS1702", ReportDiagnostic.Suppress),
            new("CS8019", ReportDiagnostic.Suppress),
        ]);

    /// <summary>The framework's reference assemblies and all others.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
        TestReferences.With([typeof(LoraAttribute), typeof(torch)]).Add(VendorLibrary.Reference).Add(VendorLibrary.OfProject);

    /// <summary>The framework by name alone: its assemblies are among <see cref="References"/>.</summary>
    public static ReferenceAssemblies Framework { get; } = new("net8.0");

    /// <summary>Adds usings, the files of a test's code, and the model <c>Net</c> where they name it; files other than C# are additional ones.</summary>
    /// <param name="folder">Where the files are, in a solution of several projects.</param>
    public static void Fill(ProjectState project, IEnumerable<SourceFile> files, string folder = "/") => FillBare(project, Whole(files), folder);

    /// <summary>Adds files and references alone.</summary>
    public static void FillBare(ProjectState project, IReadOnlyList<SourceFile> files, string folder = "/")
    {
        project.AdditionalReferences.AddRange(References);
        if (files.Any(IsProgram))
            project.OutputKind = OutputKind.ConsoleApplication;
        foreach (var file in files)
            (IsCode(file) ? project.Sources : project.AdditionalFiles).Add((folder + file.Path, file.Text));
    }

    /// <summary>The project without what the generator adds.</summary>
    public static CSharpCompilation Compile(IEnumerable<SourceFile> files)
    {
        var all = Whole(files);
        var options = CompilationOptions.WithOutputKind(all.Any(IsProgram) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);
        var trees = all.Where(IsCode)
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), ParseOptions, "/" + file.Path));
        return CSharpCompilation.Create("TestProject", trees, References, options);
    }

    private static IReadOnlyList<SourceFile> Whole(IEnumerable<SourceFile> files)
    {
        SourceFile[] own = [.. files];
        var needsNet = own.Any(file => NameOfNet().IsMatch(file.Text)) && own.All(file => file.Path != NetFile.Path);
        return needsNet ? [new("Usings.cs", Usings), NetFile, .. own] : [new("Usings.cs", Usings), .. own];
    }

    [GeneratedRegex(@"\bNet(Lora)?\b|AttachLora")]
    private static partial Regex NameOfNet();

    private static bool IsCode(SourceFile file) => file.Path.EndsWith(".cs", StringComparison.Ordinal);

    private static bool IsProgram(SourceFile file)
    {
        TestFileMarkupParser.GetPositionsAndSpans(file.Text, out var text, out _, out _);
        return IsCode(file) && CSharpSyntaxTree.ParseText(text, ParseOptions).GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);
    }
}
