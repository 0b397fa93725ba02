using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats literals and texts made of values.</summary>
internal sealed class TextReader(BodyReader body)
{
    public (ShapeCode Code, ITypeSymbol? Type) Literal(LiteralExpressionSyntax literal)
    {
        if (literal.IsKind(SyntaxKind.Utf8StringLiteralExpression))
            throw ValueReader.Unknown(literal);
        if (literal.IsKind(SyntaxKind.DefaultLiteralExpression))
            return ("default", null);
        return literal.Token.Value switch
        {
            string text => (SymbolDisplay.FormatLiteral(text, quote: true), body.Names.String),
            int => (literal.Token.Text, body.Names.Int),

            // A small l is warned of.
            long => (literal.Token.Text.Replace('l', 'L'), body.Names.Special(SpecialType.System_Int64)),
            double => (literal.Token.Text, body.Names.Special(SpecialType.System_Double)),
            float => (literal.Token.Text, body.Names.Special(SpecialType.System_Single)),
            bool => (literal.Token.Text, body.Names.Bool),
            _ => (literal.Token.Text, null),
        };
    }

    public (ShapeCode Code, ITypeSymbol? Type) Interpolated(InterpolatedStringExpressionSyntax text)
    {
        var parts = new List<ShapeCode> { "$\"" };
        foreach (var content in text.Contents)
        {
            switch (content)
            {
                case InterpolatedStringTextSyntax { TextToken.ValueText: var plain } when IsQuotedOnce(text):
                    parts.Add(Escaped(plain));
                    break;
                case InterpolationSyntax hole when IsPlain(hole):
                    parts.Add(ShapeCode.Join("{(", body.Values.Read(hole.Expression).Code, $"){hole.AlignmentClause}{hole.FormatClause}}}"));
                    break;
                default:
                    throw ValueReader.Unknown(text);
            }
        }

        parts.Add("\"");
        return (ShapeCode.Join([.. parts]), body.Names.String);
    }

    /// <summary>The name that <c>nameof(…)</c> is, as a literal; null for another call.</summary>
    public string? NameOf(InvocationExpressionSyntax call)
    {
        if (call is not { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } || call.ArgumentList.Arguments.Only() is not { } named
            || body.Names.InstanceMember("nameof") is not null)
            return null;
        var name = named.Expression switch
        {
            SimpleNameSyntax simple => simple,
            MemberAccessExpressionSyntax access => access.Name,
            _ => throw ValueReader.Unknown(call),
        };
        return Emitting.Code.Text(name.Identifier.ValueText);
    }

    // A format of letters and digits needs no escapes.
    private static bool IsPlain(InterpolationSyntax hole)
    {
        return (hole.AlignmentClause is null
                || hole.AlignmentClause.Value is LiteralExpressionSyntax or PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax })
            && (hole.FormatClause is null || hole.FormatClause.FormatStringToken.Text.All(char.IsLetterOrDigit));
    }

    private static bool IsQuotedOnce(InterpolatedStringExpressionSyntax text)
    {
        return text.StringStartToken.RawKind is (int)SyntaxKind.InterpolatedStringStartToken or (int)SyntaxKind.InterpolatedVerbatimStringStartToken;
    }

    // Braces are doubled in it already.
    private static string Escaped(string text)
    {
        var literal = SymbolDisplay.FormatLiteral(text, quote: true);
        return literal.Substring(1, literal.Length - 2);
    }
}
