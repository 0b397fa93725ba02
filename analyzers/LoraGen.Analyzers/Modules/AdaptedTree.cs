using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>An adapter of a class or of the assembly, and its model.</summary>
internal sealed class AdaptedTree
{
    private const string Reparametrize = "Reparametrize";
    private const string Base = "Base";

    private readonly AttributeData _attribute;
    private readonly MethodFacts _method;
    private readonly Lazy<HashSet<ISymbol>> _changed;
    private readonly Lazy<HashSet<ISymbol>> _quantized;

    public AdaptedTree(AttributeData attribute, MethodFacts method, ModelTree tree, Compilation compilation)
    {
        _attribute = attribute;
        _method = method;
        var targets = new Lazy<ModelTargets>(() => Targets(tree, compilation));
        _changed = new(() => Find(targets.Value, layer => Setting(layer, targets.Value, Reparametrize) is not true));
        _quantized = new(() => Find(targets.Value, layer => Setting(layer, targets.Value, Base) is not (null or (int)Quantization.None)));
        Classes = new(tree.Classes, SymbolEqualityComparer.Default);
    }

    public HashSet<ISymbol> Classes { get; }

    /// <summary>Whether the method could set the layer's weight for the time of a call.</summary>
    public bool CanReparametrize => _method.Defaults is LowRankMethod;

    /// <summary>Whether it changes what the layer in a member computes, and not the layer's weight.</summary>
    public bool ChangesCallsOf(ISymbol member) => _changed.Value.Contains(member);

    /// <summary>Whether it quantises the weight of the layer in a member.</summary>
    public bool Quantizes(ISymbol member) => _method.Defaults?.FloatBase is null && _quantized.Value.Contains(member);

    private ModelTargets Targets(ModelTree tree, Compilation compilation)
    {
        var contents = new MemberContents(new AssignedValues(compilation, CancellationToken.None), compilation.Assembly);
        return new ModelTargets(tree, AttributeReader.Read(_attribute), _method, contents, compilation, CancellationToken.None);
    }

    private static HashSet<ISymbol> Find(ModelTargets targets, Func<ModelMember, bool> matches)
    {
        return new(targets.Adapted.Where(layer => layer.Value is null && matches(layer)).Select(layer => layer.Symbol), SymbolEqualityComparer.Default);
    }

    // The innermost attribute that sets the option decides.
    private object? Setting(ModelMember layer, ModelTargets targets, string option)
    {
        var setting = targets.OverridesOf(layer).Prepend(_attribute)
            .SelectMany(attribute => attribute.NamedArguments)
            .LastOrDefault(argument => argument.Key == option)
            .Value;
        return setting.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum ? setting.Value : null;
    }
}
