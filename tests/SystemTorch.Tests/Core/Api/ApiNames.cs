using System.Reflection;
using System.Runtime.CompilerServices;

namespace SystemTorch.Tests.Core.Api;

/// <summary>Writes types as the list of TorchSharp's public API does: C# keywords, full names, tuple element names.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    internal static string Of(Type type) => Write(type, null);

    /// <summary>A type where it stands in a member, with the tuple names that the member's attributes give.</summary>
    internal static string Of(Type type, ICustomAttributeProvider place)
    {
        var attribute = place.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).Cast<TupleElementNamesAttribute>().FirstOrDefault();
        return Write(type, attribute is null ? null : new Queue<string?>(attribute.TransformNames));
    }

    private static string Write(Type type, Queue<string?>? names)
    {
        if (type.IsByRef || type.IsPointer)
        {
            return Write(type.GetElementType()!, names) + (type.IsPointer ? "*" : "");
        }

        if (type.IsArray)
        {
            var ranks = "";
            for (; type.IsArray; type = type.GetElementType()!)
            {
                ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
            }

            return Write(type, names) + ranks;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Write(value, names) + "?";
        }

        var tuple = type is { IsGenericType: true, IsGenericTypeDefinition: false, Namespace: "System" }
            && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);
        return tuple ? Tuple(type, names) : Named(type, names);
    }

    private static string Tuple(Type type, Queue<string?>? names)
    {
        var elements = type.GetGenericArguments();
        var own = elements.Select(_ => names is { Count: > 0 } ? names.Dequeue() : null).ToArray();
        return $"({string.Join(", ", elements.Select((element, i) => Write(element, names) + (own[i] is null ? "" : " " + own[i])))})";
    }

    private static string Named(Type type, Queue<string?>? names)
    {
        var chain = new Stack<Type>();
        for (var t = type; t is not null; t = t.DeclaringType)
        {
            chain.Push(t);
        }

        var arguments = type.GetGenericArguments();
        var used = 0;
        var parts = chain.Select(part =>
        {
            var count = part.GetGenericArguments().Length;
            var own = arguments.Skip(used).Take(count - used).Select(argument => Write(argument, names)).ToArray();
            used = count;
            return part.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", own)}>");
        }).ToArray();
        var prefix = string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".";
        return prefix + string.Join('.', parts);
    }
}
