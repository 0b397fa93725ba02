using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A module class that is a LoRA layer, or a part of one, written by hand: it has members for A and B.</summary>
internal sealed class HandWrittenLora
{
    private static readonly (string A, string B)[] Pairs = [("loraa", "lorab"), ("loradown", "loraup")];
    private static readonly HashSet<string> Ranks = ["r", "rank", "lorarank", "lorar", "alpha", "loraalpha"];

    private HandWrittenLora(ModuleClass module, IFieldSymbol a, IFieldSymbol b)
    {
        Module = module;
        A = a;
        B = b;
        var others = module.Fields.Where(other => !Is(other, a) && !Is(other, b) && IsLayer(other)).Take(2).ToArray();
        Base = others.Length == 1 ? others[0] : null;
    }

    public ModuleClass Module { get; }

    public IFieldSymbol A { get; }

    public IFieldSymbol B { get; }

    public string NameOfA => FieldWrite.NameOf(A);

    public string NameOfB => FieldWrite.NameOf(B);

    /// <summary>The layer that it adapts; null if there isn't exactly one candidate.</summary>
    public IFieldSymbol? Base { get; }

    public IEnumerable<ModuleBody> Forwards => Module.Methods.Where(method => method.Owner.Name == "forward");

    /// <summary>Whether the operation mentions A or B.</summary>
    public bool IsMatrixMention(IOperation operation) => operation is IMemberReferenceOperation reference && (reference.IsOf(A) || reference.IsOf(B));

    /// <summary>Whether the operation calls the layer that it adapts.</summary>
    public bool IsBaseCall(IOperation operation)
    {
        return operation is IInvocationOperation { TargetMethod.Name: "forward" or "call", Instance: { } callee }
            && callee.Unconverted() is IMemberReferenceOperation reference
            && Base is { } layer
            && reference.IsOf(layer);
    }

    /// <summary>Null for any other class, and for one that LoraGen adapts.</summary>
    public static HandWrittenLora? Of(ModuleClass module)
    {
        var candidates = module.Fields.Where(field => IsMatrix(field.Type)).ToArray();
        foreach (var (a, b) in HasRank(module) ? Pairs.Concat([("a", "b")]) : Pairs)
        {
            var first = candidates.Where(field => Normal(FieldWrite.NameOf(field)) == a).ToArray();
            var second = candidates.Where(field => Normal(FieldWrite.NameOf(field)) == b).ToArray();
            if (first.Length == 1 && second.Length == 1 && IsParameter(first[0].Type) == IsParameter(second[0].Type) && !module.IsWithinAdapted)
                return new HandWrittenLora(module, first[0], second[0]);
        }

        return null;
    }

    /// <summary>Whether a name is that of a scaling, or of the alpha that it is computed from.</summary>
    public static bool IsScaling(string name) => Normal(name) is "alpha" or "loraalpha" or "scaling" or "lorascaling" or "scale" or "lorascale";

    public static bool IsAlpha(string name) => Normal(name) is "alpha" or "loraalpha";

    private static bool HasRank(ModuleClass module)
    {
        return module.Type.GetMembers().Where(member => member is IFieldSymbol or IPropertySymbol).Select(member => member.Name)
            .Concat(module.Type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Select(parameter => parameter.Name))
            .Any(name => Ranks.Contains(Normal(name)));
    }

    private static bool IsLayer(IFieldSymbol member)
    {
        return (TorchTypes.IsLinear(member.Type) || TorchTypes.IsTensorModule(member.Type)) && !Normal(FieldWrite.NameOf(member)).Contains("drop");
    }

    private static bool IsMatrix(ITypeSymbol type) => IsParameter(type) || TorchTypes.IsLinear(type) || TorchTypes.IsTensorModule(type);

    private static bool IsParameter(ITypeSymbol type) => NewModule.IsParameter(type) || type is { Name: "Tensor", ContainingType.Name: "torch" };

    private static string Normal(string name) => name.Replace("_", string.Empty).ToLowerInvariant();

    private static bool Is(IFieldSymbol field, IFieldSymbol other) => SymbolEqualityComparer.Default.Equals(field, other);
}
