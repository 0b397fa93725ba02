using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Which of TorchSharp's norms have running statistics, which change in training mode.</summary>
internal static class RunningStatistics
{
    public static bool AreIn(ITypeSymbol? type)
    {
        return type is { Name: "InstanceNorm1d" or "InstanceNorm2d" or "InstanceNorm3d" or "InstanceNorm" or "NormBase" } && TorchTypes.IsBuiltIn(type)
            || AreInByDefault(type);
    }

    /// <summary>Whether a norm of the type has them unless its creation says otherwise.</summary>
    public static bool AreInByDefault(ITypeSymbol? type)
    {
        return type is { Name: "BatchNorm1d" or "BatchNorm2d" or "BatchNorm3d" or "BatchNorm" } && TorchTypes.IsBuiltIn(type);
    }
}
