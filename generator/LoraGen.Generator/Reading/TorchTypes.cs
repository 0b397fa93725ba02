using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Recognises TorchSharp's types by name, whichever assembly they come from.</summary>
internal static class TorchTypes
{
    public static LayerKind LayerKindOf(ITypeSymbol type) => IsInModules(type) ? LayerKinds.Named(type.Name) : LayerKind.Unknown;

    public static bool IsLinear(ITypeSymbol type) => LayerKindOf(type) == LayerKind.Linear;

    public static bool IsModuleList(ITypeSymbol type) => type is INamedTypeSymbol { Name: "ModuleList", Arity: 1 } && IsInModules(type);

    public static bool IsModuleDict(ITypeSymbol type) => type is INamedTypeSymbol { Name: "ModuleDict", Arity: 1 } && IsInModules(type);

    /// <summary>Whether it is <c>torch.nn.Module</c>, of any arity, or derives from it.</summary>
    public static bool IsModule(ITypeSymbol type) => ModuleBaseOf(type) is not null;

    /// <summary>The class of <c>torch.nn</c> that it is or derives from; null for any other type.</summary>
    public static ITypeSymbol? ModuleBaseOf(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (IsModuleBase(current))
                return current;
        }

        return null;
    }

    /// <summary>Whether it is one of the base classes of <c>torch.nn</c> itself.</summary>
    public static bool IsModuleBase(ITypeSymbol type)
    {
        return type.Name is "Module" or "HookableModule" or "ParameterLessModule" && IsInNn(type);
    }

    /// <summary>Whether a value of the type may be any module: the bases, the interfaces, and containers.</summary>
    public static bool IsOpen(ITypeSymbol type)
    {
        return (IsModuleBase(type) && type.Name == "Module")
            || (type.Name == "IModule" && IsInNn(type))
            || (type.Name is "Sequential" or "ModuleDict" && IsInModules(type));
    }

    /// <summary>Whether it is <c>Module&lt;Tensor, Tensor&gt;</c>.</summary>
    public static bool IsTensorModule(ITypeSymbol type)
    {
        return type is INamedTypeSymbol { Name: "Module", Arity: 2 } named
            && IsInNn(type)
            && named.TypeArguments.All(argument => argument.Name == "Tensor" && argument.ContainingType?.Name == "torch");
    }

    /// <summary>Whether it is <c>Module&lt;Tensor, Tensor&gt;</c> or derives from it.</summary>
    public static bool DerivesFromTensorModule(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (IsTensorModule(current))
                return true;
        }

        return false;
    }

    /// <summary>The number of inputs that the hooks of a module receive; null for a module without hooks.</summary>
    public static int? HookedInputs(INamedTypeSymbol module)
    {
        for (var type = module; type is not null; type = type.BaseType)
        {
            if (type.Name == "Module" && IsModuleBase(type))
                return type.Arity > 1 ? type.Arity - 1 : null;
        }

        return null;
    }

    /// <summary>Whether it is one of TorchSharp's own module classes.</summary>
    public static bool IsBuiltIn(ITypeSymbol type) => IsInModules(type);

    public static bool IsTensor(ITypeSymbol type) => IsInTorch(type, "Tensor");

    public static bool IsDevice(ITypeSymbol type) => IsInTorch(type, "Device");

    /// <summary>Whether it is <c>torch.nn</c>, the class of the factories.</summary>
    public static bool IsNn(ITypeSymbol? type) => type is not null && IsInTorch(type, "nn");

    /// <summary>Whether it is <c>torch.autograd</c>.</summary>
    public static bool IsAutograd(ITypeSymbol? type) => type is not null && IsInTorch(type, "autograd");

    private static bool IsInTorch(ITypeSymbol type, string name)
    {
        return type.Name == name
            && type.ContainingType is { Name: "torch", ContainingNamespace: { Name: "TorchSharp", ContainingNamespace.IsGlobalNamespace: true } };
    }

    private static bool IsInNn(ITypeSymbol type)
    {
        return type.ContainingType is { Name: "nn", ContainingType: { Name: "torch", ContainingNamespace.Name: "TorchSharp" } }
            || (type.Name == "ParameterLessModule" && type.ContainingNamespace is { Name: "TorchSharp" });
    }

    private static bool IsInModules(ITypeSymbol type)
    {
        return type.ContainingType is null
            && type.ContainingNamespace is { Name: "Modules", ContainingNamespace: { Name: "TorchSharp", ContainingNamespace.IsGlobalNamespace: true } };
    }
}
