using System.Globalization;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>Reads the text that creates a Sequential: <c>Sequential(("up", Linear(4, 8)), ("act", ReLU()))</c>.</summary>
internal static class SequentialReader
{
    public const string Factory = "Sequential";

    /// <summary>Its modules; null unless all of them are written in the call.</summary>
    public static SequentialText? Read(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => argument.NameColon is not null || argument.RefKindKeyword.RawKind != 0))
            return null;

        var items = arguments.Count == 1 ? Items(arguments[0].Expression) : [.. arguments.Select(argument => argument.Expression)];
        var children = items?.Select(Child).OfType<SequentialChild>().ToArray();
        return children is null || children.Length < items!.Length ? null : new SequentialText(children.ToEquatableArray());
    }

    /// <summary>The classes that are created for the Sequential and for those in it, as they are written.</summary>
    public static IEnumerable<string> Classes(SequentialText sequential)
    {
        return sequential.Children.SelectMany(child => child.Made?.Children is { } inner ? Classes(inner) : child.Class is { } name ? [name] : []);
    }

    // One argument may also be an array of all modules.
    private static ExpressionSyntax[]? Items(ExpressionSyntax argument)
    {
        return argument switch
        {
            ArrayCreationExpressionSyntax array => array.Initializer is { } initializer ? [.. initializer.Expressions] : null,
            ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
            CollectionExpressionSyntax collection => collection.Elements.All(element => element is ExpressionElementSyntax)
                ? [.. collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression)]
                : null,

            // A variable may be a list of modules as well as a module.
            InvocationExpressionSyntax or ObjectCreationExpressionSyntax or TupleExpressionSyntax => [argument],
            _ => null,
        };
    }

    private static SequentialChild? Child(ExpressionSyntax item, int index)
    {
        if (item is not TupleExpressionSyntax { Arguments: { Count: 2 } pair })
            return Child(index.ToString(CultureInfo.InvariantCulture), item);

        return pair[0].Expression is LiteralExpressionSyntax { Token.Value: string name } ? Child(name, pair[1].Expression) : null;
    }

    private static SequentialChild Child(string name, ExpressionSyntax value)
    {
        return new SequentialChild(name, LayerTextReader.Read(value), (value as ObjectCreationExpressionSyntax)?.Type.ToString());
    }
}
