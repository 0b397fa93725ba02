using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace LoraGen.Testing;

/// <summary>Walks everything that an object holds, through fields of any visibility, arrays and closures.</summary>
internal static class ObjectGraph
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> FieldsOf = new();

    /// <summary>The first object that <paramref name="wanted"/> accepts, with the way to it; null where none is held.</summary>
    public static (object Found, string Path)? Find(object? root, Func<object, bool> wanted)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var left = new Stack<(object? Value, string Path)>();
        left.Push((root, ""));
        while (left.TryPop(out var next))
        {
            if (next.Value is not { } value) continue;
            if (wanted(value)) return (value, next.Path);
            if (IsLeaf(value) || (!value.GetType().IsValueType && !seen.Add(value))) continue;
            if (value is Array array)
                PushElements(left, array, next.Path);
            else
                foreach (var field in FieldsOf.GetOrAdd(value.GetType(), Fields))
                    left.Push((field.GetValue(value), $"{next.Path}.{Name(field)}"));
        }

        return null;
    }

    // Syntax that was allowed is not entered: its trees and parents are the compiler's. Reflection objects lead through the whole runtime.
    private static bool IsLeaf(object value) =>
        value is string or decimal or Enum or MemberInfo or Assembly or Module or Pointer or SyntaxNode or SyntaxTree || value.GetType().IsPrimitive;

    private static void PushElements(Stack<(object? Value, string Path)> left, Array array, string path)
    {
        if (IsPlain(array.GetType().GetElementType()!)) return;
        var index = 0;
        foreach (var element in (IEnumerable)array)
            left.Push((element, $"{path}[{index++}]"));
    }

    private static FieldInfo[] Fields(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var level = type; level is not null; level = level.BaseType)
            fields.AddRange(level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(field => !IsPlain(field.FieldType)));
        return [.. fields];
    }

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer || type == typeof(string);

    // An automatic property's field is called <Name>k__BackingField.
    private static string Name(FieldInfo field) => field.Name.StartsWith('<') && field.Name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end
        ? field.Name[1..end]
        : field.Name;
}
