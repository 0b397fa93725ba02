using LoraGen.Generator.Emitting;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>The compiler's diagnostics about using types with [Experimental] and [Obsolete], which users suppress in their own code only.</summary>
internal sealed class Cautions(IAssemblySymbol from)
{
    private const string Experimental = "ExperimentalAttribute";
    private const string Obsolete = "ObsoleteAttribute";

    private readonly HashSet<string> _ids = [];
    private readonly HashSet<ISymbol> _assemblies = new(SymbolEqualityComparer.Default) { from };

    /// <summary>The ids of the diagnostics.</summary>
    public IReadOnlyCollection<string> Ids => _ids;

    /// <summary>Whether one is an error that no pragma disables: it is reported except in code that is itself obsolete.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The attributes of a model and the types that contain it, as the types that are generated for it repeat them.</summary>
    public static IEnumerable<string> Repeated(INamedTypeSymbol model)
    {
        var attributes = new List<AttributeData>();
        for (var type = model; type is not null; type = type.ContainingType)
            attributes.AddRange(type.GetAttributes());

        // Each can be used only once.
        return new[] { Experimental, Obsolete }
            .Select(name => attributes.FirstOrDefault(attribute => attribute.AttributeClass?.Name == name))
            .OfType<AttributeData>()
            .Select(Text);
    }

    public void Note(ISymbol symbol)
    {
        Note(symbol.GetAttributes());
        if (symbol.ContainingAssembly is { } assembly && _assemblies.Add(assembly))
            Note(assembly.GetAttributes().Where(attribute => attribute.AttributeClass?.Name == Experimental));
    }

    private void Note(IEnumerable<AttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            switch (attribute.AttributeClass?.Name)
            {
                case Experimental:
                    Add(attribute.ConstructorArguments.FirstOrDefault().Value);
                    break;
                case Obsolete:
                    Add("CS0612");
                    Add("CS0618");
                    Add(Named(attribute, "DiagnosticId"));
                    HasErrors |= attribute.ConstructorArguments.Any(argument => argument.Value is true);
                    break;
            }
        }
    }

    private void Add(object? id)
    {
        if (id is string { Length: > 0 } text)
            _ids.Add(text);
    }

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private static string Text(AttributeData attribute)
    {
        var name = attribute.AttributeClass!.Name == Obsolete ? "global::System.Obsolete" : "global::System.Diagnostics.CodeAnalysis.Experimental";
        var arguments = attribute.ConstructorArguments.Select(argument => Literal(argument.Value))
            .Concat(attribute.NamedArguments.Select(argument => $"{argument.Key} = {Literal(argument.Value.Value)}"))
            .ToArray();
        return $"[{name}{(arguments.Length == 0 ? string.Empty : $"({string.Join(", ", arguments)})")}]";
    }

    private static string Literal(object? value) => value switch
    {
        true => "true",
        false => "false",
        string text => Code.Text(text),
        _ => "null",
    };
}
