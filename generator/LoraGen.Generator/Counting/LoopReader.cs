using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats loops.</summary>
internal sealed class LoopReader(BodyReader body)
{
    private readonly WeightValues _weights = new(body);
    private int _open;

    /// <summary>Whether what is read may run again.</summary>
    public bool IsWithin => _open > 0;

    public IEnumerable<ShapeCode> For(ForStatementSyntax loop)
    {
        using var _ = body.Variables.Open();
        var start = loop.Declaration is { } declared
            ? declared.Variables.SelectMany(variable => body.Statements.Local(declared.Type, variable.Identifier, variable.Initializer?.Value))
            : loop.Initializers.SelectMany(body.Statements.Effect);
        var lines = start.ToList();
        _open++;
        try
        {
            var condition = loop.Condition is null ? "true" : body.Values.Read(loop.Condition).Code;
            var steps = loop.Incrementors.SelectMany(body.Statements.Effect).ToArray();
            if (loop.Incrementors.Count == 1 && lines.Count == 1 && loop.Declaration is not null && IsPlain(steps[0]) && IsPlain(lines[0]))
            {
                var head = ShapeCode.Join("for (", ShapeCode.Join([.. lines[0].Parts]), "; ", condition, "; ", ShapeCode.Join([.. steps[0].Parts]), ")");
                return [Lines.Nested(head, Body(loop.Statement))];
            }

            // A continue would leave out the steps.
            if (steps.Length > 0 && Jumps(loop.Statement).Any(jump => jump is ContinueStatementSyntax))
                throw ValueReader.Unknown(loop);
            lines.Add(Lines.Nested(ShapeCode.Join("while (", condition, ")"), Body(loop.Statement).Concat(steps)));
        }
        finally
        {
            _open--;
        }

        // In a block of their own, since another loop may declare them again.
        return [Lines.Nested(string.Empty, lines)];
    }

    public IEnumerable<ShapeCode> ForEach(ForEachStatementSyntax loop)
    {
        if (_weights.IsSet(loop))
            return [];

        using var _ = body.Variables.Open();
        var name = loop.Identifier.ValueText;
        if (loop.AwaitKeyword.RawKind != 0)
            throw ValueReader.Unknown(loop);
        var written = loop.Type.IsVar ? null : body.Names.TypeOf(loop.Type) ?? throw ValueReader.Unknown(loop);
        if (written is not null && (!Reach.CanName(written, body.Names.Assembly) || body.Functions.HoldOf(written) != Hold.Value))
            throw ValueReader.Unknown(loop);
        var head = $"foreach ({(written is null ? "var" : TypeNames.FullName(written))} {Reads.Identifier(name)} in ";
        if (loop.Expression is InvocationExpressionSyntax call && IsRange(call))
        {
            var bounds = call.ArgumentList.Arguments.Select(argument => body.Values.Read(argument.Expression).Code).ToArray();
            body.Variables.Declare(name, Hold.Value, written ?? body.Names.Int);
            return [Lines.Nested(ShapeCode.Join($"{head}global::System.Linq.Enumerable.Range(", bounds[0], ", ", bounds[1], "))"), Again(loop.Statement))];
        }

        var (items, type) = body.Values.Read(loop.Expression);
        body.Variables.Declare(name, Hold.Value, written ?? Element(type));
        return [Lines.Nested(ShapeCode.Join(head, items, ")"), Again(loop.Statement))];
    }

    /// <summary>Whether it only gives the weights their first values: <c>foreach (var (name, module) in named_modules())</c>.</summary>
    public bool SetsWeights(ForEachVariableStatementSyntax loop) => _weights.IsSet(loop);

    public IEnumerable<ShapeCode> While(WhileStatementSyntax loop)
    {
        _open++;
        try
        {
            var head = ShapeCode.Join("while (", body.Values.Read(loop.Condition).Code, ")");
            return [Lines.Nested(head, Body(loop.Statement))];
        }
        finally
        {
            _open--;
        }
    }

    public IEnumerable<ShapeCode> Do(DoStatementSyntax loop)
    {
        if (Jumps(loop.Statement).Any(jump => jump is ContinueStatementSyntax))
            throw ValueReader.Unknown(loop);
        _open++;
        try
        {
            var lines = Body(loop.Statement).ToList();
            lines.Add(Lines.Nested(ShapeCode.Join("if (!(", body.Values.Read(loop.Condition).Code, "))"), [Lines.Local("break")]));
            return [Lines.Nested("while (true)", lines)];
        }
        finally
        {
            _open--;
        }
    }

    /// <summary>Whether it is <c>Enumerable.Range(start, count)</c>.</summary>
    public bool IsRange(InvocationExpressionSyntax call)
    {
        return call.ArgumentList.Arguments.Count == 2
            && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Range", Expression: var owner }
            && body.Names.TypeNamed(owner) is { Name: "Enumerable", ContainingNamespace.Name: "Linq" };
    }

    private static bool IsPlain(ShapeCode line) => line.Kind == ShapeCodeKind.Line;

    // A condition read after the body would know variables of it.
    private IEnumerable<ShapeCode> Again(StatementSyntax statement)
    {
        _open++;
        try
        {
            return Body(statement);
        }
        finally
        {
            _open--;
        }
    }

    private IEnumerable<ShapeCode> Body(StatementSyntax statement) => body.Statements.Body(statement);

    private static IEnumerable<SyntaxNode> Jumps(StatementSyntax statement)
    {
        return statement.DescendantNodesAndSelf(node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Where(node => node is ContinueStatementSyntax);
    }

    private static ITypeSymbol? Element(ITypeSymbol? type)
    {
        return type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { Arity: 1 } list when MemberHold.IsCollection(list) => list.TypeArguments[0],
            _ => null,
        };
    }
}
