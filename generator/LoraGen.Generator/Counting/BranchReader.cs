using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats statements that choose by values; a switch as one condition after the other.</summary>
internal sealed class BranchReader(BodyReader body)
{
    public IEnumerable<ShapeCode> If(IfStatementSyntax choice)
    {
        // A guard: where it throws there is no model to count.
        var only = choice.Statement is BlockSyntax { Statements: { Count: 1 } statements } ? statements[0] : choice.Statement;
        if (choice.Else is null && only is ThrowStatementSyntax && !choice.Condition.DescendantNodesAndSelf().Any(body.Effects.MayChange))
            return [];

        // Where the model then lies changes no size, nor does the reason.
        if (choice.Else is null && IsMove(only) && !choice.Condition.DescendantNodesAndSelf().Any(body.Effects.MayChange))
            return [];

        var head = ShapeCode.Join("if (", body.Values.Read(choice.Condition).Code, ")");
        var lines = new List<ShapeCode> { Lines.Nested(head, body.Statements.Body(choice.Statement)) };
        if (choice.Else is { } otherwise)
            lines.Add(Lines.Nested("else", body.Statements.Body(otherwise.Statement)));
        return lines;
    }

    public IEnumerable<ShapeCode> Switch(SwitchStatementSyntax choice)
    {
        EnsureScopesApart(choice);
        var subject = body.Patterns.Subject(choice.Expression);
        var otherwise = choice.Sections.FirstOrDefault(section => section.Labels.Any(label => label is DefaultSwitchLabelSyntax));
        var lines = new List<ShapeCode>();
        foreach (var section in choice.Sections.Where(section => section != otherwise))
        {
            var fits = section.Labels.Select(label => Fits(subject, label)).ToArray();
            var condition = fits.Length == 1 ? fits[0] : ShapeCode.Join([.. fits.SelectMany((fit, i) => new[] { i > 0 ? " || " : string.Empty, fit })]);
            lines.Add(Lines.Nested(ShapeCode.Join(lines.Count > 0 ? "else if (" : "if (", condition, ")"), Section(section)));
        }

        // Whatever other label the section has, it is what is left.
        if (otherwise is not null)
            lines.Add(Lines.Nested(lines.Count > 0 ? "else" : string.Empty, Section(otherwise)));
        return lines;
    }

    private bool IsMove(StatementSyntax statement)
    {
        return statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
            && call.Expression switch
            {
                IdentifierNameSyntax name => name,
                MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => own.Name,
                _ => null,
            } is { Identifier.ValueText: "to" or "cuda" or "cpu" } moved
            && body.Names.InstanceMember(moved.Identifier.ValueText) is null && body.Variables.Find(moved.Identifier.ValueText) is null;
    }

    private ShapeCode Fits(ShapeCode subject, SwitchLabelSyntax label)
    {
        return label switch
        {
            CaseSwitchLabelSyntax constant => ShapeCode.Join(subject, " is ", body.Patterns.Constant(constant.Value)),
            CasePatternSwitchLabelSyntax pattern when body.Patterns.Condition(subject, pattern.Pattern, pattern.WhenClause) is { } condition =>
                ShapeCode.Join("(", condition, ")"),
            _ => throw ValueReader.Unknown(label),
        };
    }

    // Its break ends the switch, which as conditions ends by itself.
    private IEnumerable<ShapeCode> Section(SwitchSectionSyntax section)
    {
        using var _ = body.Variables.Open();
        IReadOnlyList<StatementSyntax> statements = section.Statements;
        if (statements.Count == 1 && statements[0] is BlockSyntax block)
            statements = block.Statements;
        if (statements.Count > 0 && statements[statements.Count - 1] is BreakStatementSyntax)
            statements = [.. statements.Take(statements.Count - 1)];
        if (statements.Any(statement => EndsSwitch(statement)))
            throw ValueReader.Unknown(section);
        return body.Statements.All(statements);
    }

    private static bool EndsSwitch(StatementSyntax statement)
    {
        return statement.DescendantNodesAndSelf(node => node is not (ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                or SwitchStatementSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Any(node => node is BreakStatementSyntax or GotoStatementSyntax);
    }

    // A variable of one section is seen in the others.
    private static void EnsureScopesApart(SwitchStatementSyntax choice)
    {
        foreach (var section in choice.Sections)
        {
            var declared = section.Statements.OfType<LocalDeclarationStatementSyntax>()
                .SelectMany(local => local.Declaration.Variables.Select(variable => variable.Identifier.ValueText)).ToArray();
            var others = choice.Sections.Where(other => other != section).SelectMany(other => other.DescendantNodes().OfType<IdentifierNameSyntax>());
            if (declared.Length > 0 && others.Any(name => declared.Contains(name.Identifier.ValueText)))
                throw ValueReader.Unknown(choice);
        }
    }
}
