using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats what is put into fields and variables.</summary>
internal sealed class AssignmentReader(BodyReader body)
{
    /// <summary>Puts a value into a field, as an initialiser does.</summary>
    public IEnumerable<ShapeCode> Set(ISymbol member, ExpressionSyntax value, SyntaxNode place)
    {
        if (body.Fields.Value(member) is { } variable)
            return SetValue(variable, value);
        return body.Fields.Find(member) switch
        {
            (var component, Hold.Module, var type) => [Lines.Effect(ShapeReader.Slot("@this", component), " = ", body.Shapes.Module(value, type))],
            (var component, Hold.Tensor, _) => [Lines.Effect(
                $"@this.SetParameter({Emitting.Code.Text(component)}, ", IsBuffer(value) ? "null" : body.Shapes.Parameter(value), ")")],
            _ => throw ValueReader.Unknown(place),
        };
    }

    public IEnumerable<ShapeCode> Assign(ExpressionSyntax target, ExpressionSyntax value)
    {
        switch (target)
        {
            case TupleExpressionSyntax several when value is TupleExpressionSyntax made && several.Arguments.Count == made.Arguments.Count:
                return Each(several, made);
            case DeclarationExpressionSyntax { Type: var type, Designation: SingleVariableDesignationSyntax { Identifier: var name } }:
                return body.Statements.Local(type, name, value);
            case DeclarationExpressionSyntax { Type: var type, Designation: ParenthesizedVariableDesignationSyntax { Variables: var names } }
                when value is TupleExpressionSyntax made && names.Count == made.Arguments.Count:
                return [.. names.Zip(made.Arguments, (name, item) => Declare(type, name, item.Expression)).SelectMany(lines => lines)];
            case IdentifierNameSyntax { Identifier.ValueText: "_" } when body.Variables.Find("_") is null && body.Names.InstanceMember("_") is null:
                body.Effects.EnsureNone(value);
                return [];
            case IdentifierNameSyntax name when body.Variables.Find(name.Identifier.ValueText) is { } local:
                return local.Hold switch
                {
                    _ when local.IsCaptured => throw ValueReader.Unknown(target.Parent!),
                    Hold.Value => SetValue(local, value),
                    Hold.Module => [Lines.Local(local.Code, " = ", body.Shapes.Module(value, local.Type))],
                    _ => throw ValueReader.Unknown(target.Parent!),
                };
            case ElementAccessExpressionSyntax element when body.Lists.Variable(element.Expression) is not null && body.Shapes.Place(element) is var (place, _):
                return [body.Lists.Change(element.Expression, place, " = ", body.Shapes.Module(value, null))];
            case ElementAccessExpressionSyntax element when body.Buffers.IsBuffer(element.Expression):
                body.Effects.EnsureNone(element);
                body.Effects.EnsureNone(value);
                return [];
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "weight" or "bias" } access
                when body.Shapes.Place(access.Expression) is (var owner, { } type) && TorchTypes.IsBuiltIn(type):
                var part = access.Name.Identifier.ValueText == "weight" ? ".Weight = " : ".Bias = ";
                return [Lines.Effect(owner, part, body.Shapes.Parameter(value))];
            default:
                return Set(body.Shapes.MemberOf(target) ?? throw ValueReader.Unknown(target.Parent!), value, target.Parent!);
        }
    }

    /// <summary>Changes a value by what it was.</summary>
    public IEnumerable<ShapeCode> Change(SyntaxNode place, ExpressionSyntax target, Func<ShapeCode> change)
    {
        var variable = target is IdentifierNameSyntax name && body.Variables.Find(name.Identifier.ValueText) is { } local
            ? local
            : body.Fields.Value(body.Shapes.MemberOf(target)) ?? throw ValueReader.Unknown(place);
        if (variable.IsCaptured || variable.Hold != Hold.Value || variable.Unknown is not null || !variable.IsSet)
            throw ValueReader.Unknown(place);
        return [SetLine(variable, change())];
    }

    private IEnumerable<ShapeCode> Declare(TypeSyntax type, VariableDesignationSyntax name, ExpressionSyntax value)
    {
        if (name is SingleVariableDesignationSyntax { Identifier: var identifier })
            return body.Statements.Local(type, identifier, value);
        if (name is not DiscardDesignationSyntax)
            throw ValueReader.Unknown(name);
        body.Effects.EnsureNone(value);
        return [];
    }

    // The values are computed before the first is put anywhere.
    private IEnumerable<ShapeCode> Each(TupleExpressionSyntax targets, TupleExpressionSyntax made)
    {
        var set = new HashSet<string>(targets.Arguments.Select(target => target.Expression.ToString()), StringComparer.Ordinal);
        if (made.DescendantNodes().Any(node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax && set.Contains(node.ToString())))
            throw ValueReader.Unknown(targets.Parent!);
        return [.. targets.Arguments.Zip(made.Arguments, (target, value) => Assign(target.Expression, value.Expression)).SelectMany(lines => lines)];
    }

    private IEnumerable<ShapeCode> SetValue(Variable variable, ExpressionSyntax value)
    {
        if (variable.IsCaptured)
            throw ValueReader.Unknown(value.Parent!);
        if (variable.IsBuffer && IsBuffer(value))
            return [];
        variable.IsBuffer = false;
        try
        {
            var code = body.Values.Read(value, variable.Type).Code;
            variable.IsSet = true;
            return [SetLine(variable, ShapeCode.Join(" = ", code))];
        }
        catch (UnknownShapeException unknown)
        {
            // Read earlier in the loop, or by who called, it would be the value of before.
            if (body.Loops.IsWithin || (body.Fields.AreShared && variable.Code.Kind == ShapeCodeKind.Field))
                throw;
            body.Effects.EnsureNone(value);
            variable.Unknown ??= unknown;
            return [];
        }
    }

    private bool IsBuffer(ExpressionSyntax value)
    {
        if (!body.Buffers.IsBuffer(value))
            return false;
        body.Effects.EnsureNone(value);
        return true;
    }

    private static ShapeCode SetLine(Variable variable, ShapeCode change)
    {
        return variable.Code.Kind == ShapeCodeKind.Field
            ? new ShapeCode(ShapeCodeKind.SetField, variable.Code.Text, new[] { change }.ToEquatableArray())
            : Lines.Local(variable.Code, change);
    }
}
