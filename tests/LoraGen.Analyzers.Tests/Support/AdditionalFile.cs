using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Analyzers.Tests;

/// <summary>An <c>AdditionalFiles</c> item of a test project.</summary>
internal sealed class AdditionalFile(SourceFile file) : AdditionalText
{
    public override string Path => "/" + file.Path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(file.Text);
}
