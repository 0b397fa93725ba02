using System.Reflection;

namespace LoraGen.Generator.Evaluating;

/// <summary>What generated code calls of the runtime, in the sources that are shared with it.</summary>
internal static class SharedMembers
{
    private const string Namespace = "global::LoraGen.";

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>The type that is written so; null where it is none of these.</summary>
    public static Type? Type(string written)
    {
        var name = written.StartsWith(Namespace, StringComparison.Ordinal) ? written.Substring("global::".Length) : null;
        return name is null || name.IndexOf('.', "LoraGen.".Length) >= 0 ? null : typeof(SharedMembers).Assembly.GetType(name);
    }

    public static object New(Type type, IReadOnlyList<ArgumentValue> arguments, Invoker invoker)
    {
        foreach (var constructor in type.GetConstructors())
        {
            if (Arguments.Bind(constructor.GetParameters(), arguments, invoker) is { } bound)
                return constructor.Invoke(bound);
        }

        throw new NotConstantException();
    }

    /// <param name="owner">The object; null for a static method.</param>
    public static object? Call(Type type, object? owner, string name, IReadOnlyList<ArgumentValue> arguments, Invoker invoker)
    {
        foreach (var method in type.GetMethods(Public).Where(method => method.Name == name && method.IsStatic == owner is null))
        {
            if (Arguments.Bind(method.GetParameters(), arguments, invoker) is { } bound)
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

    private static PropertyInfo Property(Type type, string name) => type.GetProperty(name, Public) ?? throw new NotConstantException();
}
