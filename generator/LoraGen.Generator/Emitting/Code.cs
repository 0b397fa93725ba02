using System.Globalization;
using System.Security;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Emitting;

/// <summary>Small pieces of C# text.</summary>
internal static class Code
{
    public static readonly string GeneratedCode =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"LoraGen.Generator\", \"{typeof(Code).Assembly.GetName().Version}\")]";

    /// <summary>A C# string literal.</summary>
    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>A number in the invariant culture.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>An array of string literals.</summary>
    public static string Texts(IReadOnlyCollection<string> values)
    {
        return values.Count == 0 ? "global::System.Array.Empty<string>()" : $"new[] {{ {string.Join(", ", values.Select(Text))} }}";
    }

    /// <summary>Text within an XML documentation comment.</summary>
    public static string Doc(string value) => SecurityElement.Escape(value);

    /// <summary>Text within a line comment: nothing in it ends the line.</summary>
    public static string Comment(string value) => new([.. value.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    /// <summary>A name with its indefinite article.</summary>
    public static string WithArticle(string name) => $"{(name.Length > 0 && "AEIOUaeiou".IndexOf(name[0]) >= 0 ? "an" : "a")} {name}";

    /// <summary>A type in the form of a cref.</summary>
    public static string Cref(string type) => type.Replace('<', '{').Replace('>', '}');

    /// <summary>The constraints, one per line, indented below the declaration.</summary>
    public static void Constraints(IndentedWriter writer, TypeParameters parameters)
    {
        foreach (var constraint in parameters.Constraints)
            writer.Line($"    {constraint}");
    }

    /// <summary>An identifier, with @ if it is a keyword.</summary>
    public static string Identifier(string name)
    {
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
    }

    /// <summary>The options as written between the braces of an initializer.</summary>
    public static string Options(IEnumerable<Option> options) => string.Join(", ", options.Select(option => $"{option.Name} = {option.Literal}"));
}
