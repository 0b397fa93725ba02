using System.Reflection;

namespace LoraGen.Torch.Tests.Completeness;

/// <summary>The operations that compiled code calls.</summary>
internal static class Calls
{
    private const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Each with a place that calls it: the assembly, the type that a source file declares and the method.</summary>
    public static IEnumerable<(Operation Operation, string Place)> In(Assembly assembly)
    {
        return assembly.GetTypes().SelectMany(type => In(type, type), (type, operation) => (operation.Operation, $"{assembly.GetName().Name}: {operation.Place}"));
    }

    /// <summary>Those of a class with the types that the compiler made of its lambdas.</summary>
    public static IEnumerable<Operation> OfClass(Type type)
    {
        return In(type, type).Select(call => call.Operation).Concat(type.GetNestedTypes(All).SelectMany(OfClass));
    }

    private static IEnumerable<(Operation Operation, string Place)> In(Type type, Type declared)
    {
        while (declared.DeclaringType is { } outer)
            declared = outer;
        MethodBase[] methods = [.. type.GetMethods(All), .. type.GetConstructors(All)];
        foreach (var method in methods)
        {
            if (method.GetMethodBody()?.GetILAsByteArray() is not { } instructions)
                continue;

            var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
            foreach (var token in Instructions.MethodTokens(instructions))
            {
                var called = method.Module.ResolveMethod(token, type.GetGenericArguments(), ofMethod);
                if (called is not null && Operation.Of(called) is { } operation)
                    yield return (operation, $"{declared.FullName}, in {method.Name}");
            }
        }
    }
}
