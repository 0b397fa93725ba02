using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats patterns that compare with constants, and what is chosen by them.</summary>
internal sealed class PatternReader(BodyReader body)
{
    public ShapeCode Read(PatternSyntax pattern)
    {
        return pattern switch
        {
            ConstantPatternSyntax constant => Constant(constant.Expression),
            TypePatternSyntax constant => Constant(constant.Type),
            UnaryPatternSyntax { OperatorToken.RawKind: (int)SyntaxKind.NotKeyword } not => ShapeCode.Join("not ", Read(not.Pattern)),
            RelationalPatternSyntax relation => ShapeCode.Join($"{relation.OperatorToken.Text} ", Constant(relation.Expression)),
            BinaryPatternSyntax both => ShapeCode.Join(Read(both.Left), $" {both.OperatorToken.Text} ", Read(both.Right)),
            ParenthesizedPatternSyntax inner => ShapeCode.Join("(", Read(inner.Pattern), ")"),
            _ => throw ValueReader.Unknown(pattern),
        };
    }

    /// <summary>A constant in a pattern: a literal, a member of an enumeration, a const.</summary>
    public ShapeCode Constant(ExpressionSyntax constant)
    {
        switch (constant)
        {
            case LiteralExpressionSyntax literal:
                return body.Texts.Literal(literal).Code;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax number }:
                return "-" + number.Token.Text;
            default:
                return Named(constant) is IFieldSymbol { HasConstantValue: true } field && Reads.Static(field, body.Names.Assembly) is var (code, _)
                    ? code
                    : throw ValueReader.Unknown(constant);
        }
    }

    /// <summary>The arms of a switch expression, as one condition after the other.</summary>
    public ShapeCode Choice(SwitchExpressionSyntax choice, Func<ExpressionSyntax, ShapeCode> read)
    {
        var value = Subject(choice.GoverningExpression);
        var parts = new List<ShapeCode> { "(" };
        foreach (var arm in choice.Arms)
        {
            var condition = Condition(value, arm.Pattern, arm.WhenClause);
            if (condition is not null)
            {
                parts.AddRange([condition, " ? ", read(arm.Expression), " : "]);
                continue;
            }

            // What follows is never met: C# refuses it.
            parts.AddRange([read(arm.Expression), ")"]);
            return ShapeCode.Join([.. parts]);
        }

        parts.AddRange([Lines.Throw("no arm fits in " + ValueReader.Text(choice)), ")"]);
        return ShapeCode.Join([.. parts]);
    }

    /// <summary>What a switch looks at, to be compared several times.</summary>
    public ShapeCode Subject(ExpressionSyntax subject) => ShapeCode.Join("(", body.Values.Read(subject).Code, ")");

    /// <summary>Whether a case fits; null where it always does.</summary>
    public ShapeCode? Condition(ShapeCode subject, PatternSyntax pattern, WhenClauseSyntax? when)
    {
        var also = when is null ? null : ShapeCode.Join("(", body.Values.Read(when.Condition).Code, ")");
        if (pattern is DiscardPatternSyntax)
            return also;
        var fits = ShapeCode.Join(subject, " is ", Read(pattern));
        return also is null ? fits : ShapeCode.Join(fits, " && ", also);
    }

    // As the parser takes A.B for a type where it may be one.
    private ISymbol? Named(ExpressionSyntax constant)
    {
        var (owner, name) = constant switch
        {
            MemberAccessExpressionSyntax access => (access.Expression, access.Name.Identifier.ValueText),
            QualifiedNameSyntax qualified => (qualified.Left, qualified.Right.Identifier.ValueText),
            IdentifierNameSyntax simple => (null, simple.Identifier.ValueText),
            _ => throw ValueReader.Unknown(constant),
        };
        if (owner is null)
            return body.Variables.Find(name) is null ? body.Names.InstanceMember(name) ?? body.Names.StaticMember(name) : null;
        return body.Variables.IsNamed(owner) ? null : TypeOf(owner)?.GetMembers(name).FirstOrDefault();
    }

    // Where a member is named as its type is, C# takes the type's constant.
    private ITypeSymbol? TypeOf(ExpressionSyntax owner)
    {
        if (body.Names.TypeNamed(owner) is { } type)
            return type;
        return owner is IdentifierNameSyntax { Identifier.ValueText: var name }
            && body.Names.InstanceMember(name) is (IFieldSymbol or IPropertySymbol) and var member
            && Reads.TypeOf(member) is { } found && found.Name == name
                ? found
                : null;
    }
}
