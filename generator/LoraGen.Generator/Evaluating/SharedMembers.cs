using System.Collections.Concurrent;
using System.Reflection;

namespace LoraGen.Generator.Evaluating;

/// <summary>What generated code calls of the runtime, in the sources that are shared with it.</summary>
internal static class SharedMembers
{
    private const string Namespace = "global::LoraGen.";

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    // A model asks for the same few over and over.
    private static readonly ConcurrentDictionary<string, Type?> Types = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(Type, string), (MethodBase Method, ParameterInfo[] Parameters)[]> Callable = new();

    /// <summary>The type that is written so; null where it is none of these.</summary>
    public static Type? Type(string written)
    {
        return Types.GetOrAdd(written, static text =>
            text.StartsWith(Namespace, StringComparison.Ordinal) && text.IndexOf('.', Namespace.Length) < 0
                ? typeof(SharedMembers).Assembly.GetType(text.Substring("global::".Length))
                : null);
    }

    public static object New(Type type, IReadOnlyList<ArgumentValue> arguments, Invoker invoker)
    {
        foreach (var (constructor, parameters) in Named(type, ".ctor"))
        {
            if (Arguments.Bind(parameters, arguments, invoker) is { } bound)
                return ((ConstructorInfo)constructor).Invoke(bound);
        }

        throw new NotConstantException();
    }

    /// <param name="owner">The object; null for a static method.</param>
    public static object? Call(Type type, object? owner, string name, IReadOnlyList<ArgumentValue> arguments, Invoker invoker)
    {
        foreach (var (method, parameters) in Named(type, name))
        {
            if (method.IsStatic == owner is null && Arguments.Bind(parameters, arguments, invoker) is { } bound)
                return method.Invoke(owner, bound);
        }

        throw new NotConstantException();
    }

    /// <param name="owner">The object; null for a static member.</param>
    public static object? Get(Type type, object? owner, string name)
    {
        return owner is null
            ? (type.GetField(name) ?? throw new NotConstantException()).GetValue(null)
            : Property(type, name).GetValue(owner);
    }

    public static void Set(object owner, string name, object? value)
    {
        var property = Property(owner.GetType(), name);
        property.SetValue(owner, Arguments.TryConvert(value, property.PropertyType, null, out var converted) ? converted : throw new NotConstantException());
    }

    /// <summary>A copy of a record.</summary>
    public static object Clone(object record) => record.GetType().GetMethod("<Clone>$", Public)?.Invoke(record, null) ?? throw new NotConstantException();

    private static (MethodBase Method, ParameterInfo[] Parameters)[] Named(Type type, string name)
    {
        return Callable.GetOrAdd((type, name), static key =>
            [.. key.Item1.GetMember(key.Item2, Public).OfType<MethodBase>().Select(method => (method, method.GetParameters()))]);
    }

    private static PropertyInfo Property(Type type, string name) => type.GetProperty(name, Public) ?? throw new NotConstantException();
}
