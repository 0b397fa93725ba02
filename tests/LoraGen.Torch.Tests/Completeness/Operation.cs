using System.Reflection;

namespace LoraGen.Torch.Tests.Completeness;

/// <summary>An operation of TorchSharp: one overload of a method, whatever its type arguments.</summary>
/// <param name="Token">The method's metadata token in TorchSharp's assembly.</param>
/// <param name="Name">The type and the method, as in <c>Tensor.bmm</c>, <c>functional.linear</c> or <c>Generator.new</c>.</param>
/// <param name="Signature">The overload, for messages.</param>
internal sealed record Operation(int Token, string Name, string Signature)
{
    /// <summary>Null where the method is not TorchSharp's, or only says or makes what a type holds: a property that is no tensor, a module's base constructor.</summary>
    public static Operation? Of(MethodBase method)
    {
        if (method.DeclaringType is not { } type || type.Assembly != typeof(Tensor).Assembly)
            return null;

        var isConstructor = method is ConstructorInfo;
        var isFact = method.IsSpecialName && method.Name.StartsWith("get_", StringComparison.Ordinal) && !Computes(((MethodInfo)method).ReturnType);
        if (isFact || method.Name == nameof(IDisposable.Dispose) || (isConstructor && typeof(nn.Module).IsAssignableFrom(type)))
            return null;

        var name = $"{NameOf(type)}.{(isConstructor ? "new" : method.Name)}";
        var parameters = method.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}");
        return new Operation(method.MetadataToken, name, $"{name}({string.Join(", ", parameters)})");
    }

    // What a property hands out of a tensor: another tensor or its memory.
    private static bool Computes(Type type) => type == typeof(Tensor) || type == typeof(Span<byte>);

    // All of Module`1, Module`2, … and HookableModule are Module.
    private static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return name is "HookableModule" or "ModuleExtensionMethods" ? "Module" : name;
    }
}
