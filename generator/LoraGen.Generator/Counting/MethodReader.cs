using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Reads the body of one method that is called where modules or their sizes are made.</summary>
internal sealed class MethodReader(ShapeFunctions functions, CalledMethod method, BodyReader caller, CancellationToken cancellation)
{
    public MirroredMethod Read(string name)
    {
        var declaration = Declaration();
        if (method.Hold is Hold.Tensor or Hold.Loose)
            throw new UnknownShapeException("it returns tensors");
        var part = declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? throw ValueReader.Unknown(declaration);
        var fields = ClassFields.Shared(method.Type, functions);
        var variables = method.Local is { } local ? new Variables(outer => Visible(outer, local)) : new Variables();
        Hide(part, variables);
        var parameters = method.Parameters.Select(parameter => functions.Declare(variables, parameter.Name, parameter.Type)).ToArray();
        var body = new BodyReader(functions.NamesOf(method.Type, part), variables, fields, functions, End) { IsOfModule = !method.IsStatic };
        var lines = Body(declaration) switch
        {
            (BlockSyntax block, _) => body.Statements.Body(block),
            (_, { } expression) => method.Hold is null ? body.Statements.Effect(expression) : [body.Ending(expression)],
            _ => throw new UnknownShapeException("it has no body"),
        };
        var code = Ended(lines).ToEquatableArray();
        var references = fields.Values.ToArray();
        var captured = variables.Captured.ToArray();
        if (captured.FirstOrDefault(variable => Redeclares(declaration, variable.Key)).Key is { } hidden)
            throw new UnknownShapeException($"{hidden} is of the body around here, and another variable there");
        return new MirroredMethod(
            new ShapeFunction(
                name,
                method.Label,
                default,
                parameters
                    .Concat(captured.Select(variable => new ShapeParameter(variable.Key, TypeOf(variable.Value))))
                    .Concat(references.Select(field => new ShapeParameter(field.Name, "ref " + field.Type)))
                    .ToEquatableArray(),
                code,
                Returned(),
                !method.IsStatic,
                functions.HasEffect(code)),
            [.. captured.Select(variable => variable.Key)],
            [.. references.Select(field => field.Member)]);
    }

    // What the constructor got is kept for methods in a place that has no name.
    private void Hide(TypeDeclarationSyntax part, Variables variables)
    {
        if (method.Symbol is null)
            return;
        var parts = method.Type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>();
        foreach (var parameter in parts.Append(part).SelectMany(each => each.ParameterList?.Parameters ?? default))
        {
            var name = parameter.Identifier.ValueText;
            if (method.Type.GetMembers(name).IsEmpty)
                variables.Declare(name, Hold.Value, null).Unknown = new UnknownShapeException($"{name} is known to the constructor alone");
        }
    }

    // Of the caller's variables those that were declared around the function.
    private Variable? Visible(string name, LocalFunctionStatementSyntax local)
    {
        foreach (var around in local.Ancestors().TakeWhile(node => node is not TypeDeclarationSyntax))
        {
            var declares = around switch
            {
                BlockSyntax block => Declares(block.Statements, name),
                SwitchSectionSyntax section => Declares(section.Statements, name),
                BaseMethodDeclarationSyntax member => member.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == name),
                LocalFunctionStatementSyntax outer => outer.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == name),
                ForEachStatementSyntax loop => loop.Identifier.ValueText == name,
                ForStatementSyntax { Declaration: { } counters } => counters.Variables.Any(counter => counter.Identifier.ValueText == name),
                _ => false,
            };
            if (declares)
                return caller.Variables.Find(name) ?? throw new UnknownShapeException($"{name} can't be told from the source");
        }

        return null;
    }

    private static bool Declares(SyntaxList<StatementSyntax> statements, string name)
    {
        return statements.Any(statement => statement is LocalFunctionStatementSyntax function
            ? function.Identifier.ValueText == name
            : statement.DescendantNodes(node => node is not (BlockSyntax or StatementSyntax { Parent: not BlockSyntax })).Any(node => node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name,
                SingleVariableDesignationSyntax variable => variable.Identifier.ValueText == name,
                _ => false,
            }));
    }

    // As a parameter the captured one would be seen in the blocks where another has its name.
    private static bool Redeclares(SyntaxNode declaration, string name)
    {
        return declaration.DescendantNodes(node => node == declaration || node is not LocalFunctionStatementSyntax).Any(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText == name,
            ForEachStatementSyntax loop => loop.Identifier.ValueText == name,
            _ => false,
        });
    }

    private string? TypeOf(Variable variable)
    {
        return variable.Hold switch
        {
            Hold.Module => "global::LoraGen.ModuleShape",
            Hold.List => "global::LoraGen.ShapeList",
            _ => variable.Type is { } type && Reach.CanName(type, functions.Assembly) ? TypeNames.FullName(type) : null,
        };
    }

    // Where a switch returns in each of its cases, the conditions that it becomes do not show it.
    private IEnumerable<ShapeCode> Ended(IEnumerable<ShapeCode> lines)
    {
        var read = lines.ToArray();
        return method.Hold is null || read.Length == 0 || read[read.Length - 1].Kind != ShapeCodeKind.Block
            ? read
            : read.Append(Lines.Local(Lines.Throw("no case fits")));
    }

    private string? Returned()
    {
        return method.Hold switch
        {
            null => null,
            Hold.Module => "global::LoraGen.ModuleShape",
            Hold.List => "global::LoraGen.ShapeList",
            _ => TypeNames.FullName(method.Returns!),
        };
    }

    private ShapeCode End(ExpressionSyntax? value, BodyReader body)
    {
        return (value, method.Hold) switch
        {
            (null, _) => Lines.Local("return"),
            (ThrowExpressionSyntax thrown, _) => Lines.Local(Lines.Throw(ValueReader.Text(thrown.Expression))),
            (_, Hold.Module) => Lines.Local("return ", body.Shapes.Module(value, method.Returns)),
            (_, Hold.List) => Lines.Local("return ", body.Lists.Kept(value, method.Returns)),
            _ => Lines.Local("return ", body.Values.Read(value, method.Returns).Code),
        };
    }

    private SyntaxNode Declaration()
    {
        if (method.Local is { } local)
        {
            EnsurePlain(local.Modifiers, local.TypeParameterList, local.AttributeLists);
            return local;
        }

        var symbol = method.Symbol!;
        if (symbol.IsVirtual || symbol.IsOverride || symbol.IsAbstract)
            throw new UnknownShapeException("another class may override it");
        if (symbol.PartialImplementationPart is not null || symbol.PartialDefinitionPart is not null)
            throw new UnknownShapeException("it is declared in parts");
        for (var type = method.Type; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
                throw new UnknownShapeException("the class is generic");
        }

        if (symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not MethodDeclarationSyntax declared)
            throw new UnknownShapeException("it has no body");
        EnsurePlain(declared.Modifiers, declared.TypeParameterList, declared.AttributeLists);
        return declared;
    }

    // An attribute may leave out the call, or cut it from its body.
    private void EnsurePlain(SyntaxTokenList modifiers, TypeParameterListSyntax? generics, SyntaxList<AttributeListSyntax> attributes)
    {
        if (generics is not null
            || modifiers.Any(modifier => modifier.Kind() is SyntaxKind.AsyncKeyword or SyntaxKind.UnsafeKeyword or SyntaxKind.ExternKeyword))
            throw new UnknownShapeException("it is generic, async or unsafe");
        if (attributes.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().Contains("Conditional")))
            throw new UnknownShapeException("it is called under a condition of the build");
        if (method.Hold == Hold.Value && !Reach.CanName(method.Returns!, functions.Assembly))
            throw new UnknownShapeException("it returns what can't be named");
    }

    private static (BlockSyntax? Block, ExpressionSyntax? Expression) Body(SyntaxNode declaration)
    {
        return declaration switch
        {
            MethodDeclarationSyntax method => (method.Body, method.ExpressionBody?.Expression),
            LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody?.Expression),
            _ => default,
        };
    }
}
