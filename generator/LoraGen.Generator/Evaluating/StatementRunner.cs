using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Evaluating;

/// <summary>Runs the statements of generated code.</summary>
internal sealed class StatementRunner
{
    private readonly GeneratedClass _class;
    private readonly ExpressionRunner _expressions;
    private object? _returned;

    public StatementRunner(GeneratedClass @class)
    {
        _class = @class;
        _expressions = new ExpressionRunner(@class);
    }

    private enum Way
    {
        On,
        Break,
        Continue,
        Return,
    }

    /// <summary>What a method's body returns.</summary>
    public object? Returned(BlockSyntax body, Locals locals)
    {
        var returned = Run(body, locals) == Way.Return ? _returned : null;
        _returned = null;
        return returned;
    }

    private Way Run(StatementSyntax statement, Locals locals)
    {
        _class.Step();
        switch (statement)
        {
            case BlockSyntax block:
                return Each(block.Statements, new Locals(locals));
            case LocalDeclarationStatementSyntax { Declaration: var declared }:
                Declare(declared, locals);
                return Way.On;
            case ExpressionStatementSyntax { Expression: var expression }:
                _expressions.Run(expression, locals);
                return Way.On;
            case IfStatementSyntax choice:
                return _expressions.Holds(choice.Condition, locals) ? Run(choice.Statement, locals)
                    : choice.Else is { } otherwise ? Run(otherwise.Statement, locals)
                    : Way.On;
            case ForStatementSyntax loop:
                return For(loop, new Locals(locals));
            case ForEachStatementSyntax loop:
                return ForEach(loop, locals);
            case WhileStatementSyntax loop:
                return While(loop, locals);
            case DoStatementSyntax loop:
                return Do(loop, locals);
            case SwitchStatementSyntax choice:
                return Switch(choice, locals);
            case BreakStatementSyntax:
                return Way.Break;
            case ContinueStatementSyntax:
                return Way.Continue;
            case ReturnStatementSyntax { Expression: var value }:
                _returned = value is null ? null : _expressions.Value(value, locals);
                return Way.Return;
            case EmptyStatementSyntax:
                return Way.On;
            default:
                throw new NotConstantException();
        }
    }

    private Way Each(IEnumerable<StatementSyntax> statements, Locals locals)
    {
        foreach (var statement in statements)
        {
            if (Run(statement, locals) is var way && way != Way.On)
                return way;
        }

        return Way.On;
    }

    private void Declare(VariableDeclarationSyntax declared, Locals locals)
    {
        foreach (var variable in declared.Variables)
        {
            var value = variable.Initializer is { Value: var start } ? _expressions.Value(start, locals) : null;
            locals.Declare(variable.Identifier.ValueText, declared.Type, value);
        }
    }

    private Way For(ForStatementSyntax loop, Locals locals)
    {
        if (loop.Declaration is { } declared)
            Declare(declared, locals);
        while (loop.Condition is null || _expressions.Holds(loop.Condition, locals))
        {
            if (Round(loop.Statement, locals) is { } end)
                return end;
            foreach (var step in loop.Incrementors)
                _expressions.Run(step, locals);
        }

        return Way.On;
    }

    private Way ForEach(ForEachStatementSyntax loop, Locals locals)
    {
        foreach (var item in _expressions.Items(loop.Expression, locals))
        {
            var inner = new Locals(locals);
            inner.Declare(loop.Identifier.ValueText, loop.Type, item);
            if (Round(loop.Statement, inner) is { } end)
                return end;
        }

        return Way.On;
    }

    private Way While(WhileStatementSyntax loop, Locals locals)
    {
        while (_expressions.Holds(loop.Condition, locals))
        {
            if (Round(loop.Statement, locals) is { } end)
                return end;
        }

        return Way.On;
    }

    private Way Do(DoStatementSyntax loop, Locals locals)
    {
        do
        {
            if (Round(loop.Statement, locals) is { } end)
                return end;
        }
        while (_expressions.Holds(loop.Condition, locals));

        return Way.On;
    }

    // Null where the loop goes on.
    private Way? Round(StatementSyntax body, Locals locals)
    {
        return Run(body, locals) switch
        {
            Way.Return => Way.Return,
            Way.Break => Way.On,
            _ => null,
        };
    }

    private Way Switch(SwitchStatementSyntax choice, Locals locals)
    {
        var value = _expressions.Value(choice.Expression, locals);
        var section = choice.Sections.FirstOrDefault(each => each.Labels.Any(label => Meets(label, value, locals)))
            ?? choice.Sections.FirstOrDefault(each => each.Labels.Any(label => label is DefaultSwitchLabelSyntax));
        return section is null ? Way.On : Each(section.Statements, new Locals(locals)) is var way && way == Way.Break ? Way.On : way;
    }

    private bool Meets(SwitchLabelSyntax label, object? value, Locals locals)
    {
        return label switch
        {
            CaseSwitchLabelSyntax { Value: var constant } => _expressions.AreEqual(value, constant, locals),
            CasePatternSwitchLabelSyntax pattern => _expressions.Meets(pattern.Pattern, value, locals)
                && (pattern.WhenClause is null || _expressions.Holds(pattern.WhenClause.Condition, locals)),
            _ => false,
        };
    }
}
