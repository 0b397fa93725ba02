using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Testing;

/// <summary>A marked stretch of source text: <c>[|…|]</c> has no id, <c>{|LORA1001:…|}</c> has one. The span counts in the text without markup.</summary>
public sealed record MarkupSpan(string File, string? Id, TextSpan Span);
