using System.Reflection;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>The models of this assembly that can be created with sample arguments.</summary>
internal static class EveryModel
{
    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static IEnumerable<Type> Types => typeof(EveryModel).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(nn.Module)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>Functions that create instances; none for a class whose constructors need other arguments, or throw.</summary>
    public static IEnumerable<Func<nn.Module>> Of(Type type) => type.GetConstructors(Constructors).SelectMany(Of);

    private static IEnumerable<Func<nn.Module>> Of(ConstructorInfo constructor)
    {
        if (!SampleArguments.AreKnown(constructor.GetParameters()))
            yield break;

        foreach (var arguments in SampleArguments.Of(constructor.GetParameters()))
        {
            if (Create() is { } created)
            {
                created.Dispose();
                yield return () => Create()!;
            }

            nn.Module? Create()
            {
                try
                {
                    return (nn.Module)constructor.Invoke(arguments);
                }
                catch (TargetInvocationException)
                {
                    return null;
                }
            }
        }
    }
}
