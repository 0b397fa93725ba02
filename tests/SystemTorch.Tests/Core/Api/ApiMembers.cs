using System.Reflection;
using System.Runtime.CompilerServices;

namespace SystemTorch.Tests.Core.Api;

/// <summary>Writes the members of a type that others can see, one a line.</summary>
internal static class ApiMembers
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    internal static IEnumerable<string> Of(Type type)
    {
        foreach (var field in type.GetFields(All).Where(f => Visible(type, f.IsPublic, f.IsFamily, f.IsFamilyOrAssembly)))
        {
            yield return Field(field);
        }

        foreach (var constructor in type.GetConstructors(All).Where(c => !c.IsStatic && Visible(type, c)))
        {
            yield return $"constructor\t{Access(constructor)} {type.Name.Split('`')[0]}({ApiValues.Parameters(constructor.GetParameters(), false)})"
                + ApiTypes.Obsolete(constructor);
        }

        foreach (var property in type.GetProperties(All).Where(p => Visible(type, p.GetMethod) || Visible(type, p.SetMethod)))
        {
            yield return Property(type, property);
        }

        foreach (var method in type.GetMethods(All).Where(m => Visible(type, m) && !IsAccessor(m) && !m.Name.Contains('<')))
        {
            yield return Method(type, method);
        }
    }

    private static string Field(FieldInfo field)
    {
        var name = $"{ApiNames.Of(field.FieldType, field)} {field.Name}";
        var access = field.IsPublic ? "public" : field.IsFamilyOrAssembly ? "protected internal" : "protected";
        var text = field.IsLiteral
            ? $"const\t{access} const {name} = {ApiValues.Constant(field.FieldType, field.GetRawConstantValue())}"
            : $"field\t{access}{(field.IsStatic ? " static" : "")}{(field.IsInitOnly ? " readonly" : "")} {name}";
        return text + ApiTypes.Obsolete(field);
    }

    private static string Property(Type type, PropertyInfo property)
    {
        var getter = Visible(type, property.GetMethod) ? property.GetMethod : null;
        var setter = Visible(type, property.SetMethod) ? property.SetMethod : null;
        var any = getter is not null && (setter is null || Rank(getter) >= Rank(setter)) ? getter : setter!;
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{ApiValues.Parameters(index, false)}]";
        if (index.Length > 0 && property.Name != "Item")
        {
            name += $" [IndexerName(\"{property.Name}\")]";
        }

        string Part(MethodInfo? accessor, string word) =>
            accessor is null ? "" : $" {(Rank(accessor) < Rank(any) ? Access(accessor) + " " : "")}{word};";
        var kind = index.Length == 0 ? "property" : "indexer";
        var head = $"{kind}\t{Access(any)}{Modifiers(type, any)} {ApiNames.Of(property.PropertyType, property)} {name}";
        return $"{head} {{{Part(getter, "get")}{Part(setter, "set")} }}" + ApiTypes.Obsolete(property);
    }

    private static string Method(Type type, MethodInfo method)
    {
        if (method is { Name: "Finalize", IsVirtual: true })
        {
            return $"finalizer\t~{type.Name.Split('`')[0]}()";
        }

        var result = ApiNames.Of(method.ReturnType, method.ReturnParameter);
        var extension = method.IsDefined(typeof(ExtensionAttribute), false);
        var parameters = ApiValues.Parameters(method.GetParameters(), extension);
        if (method.IsSpecialName && method.Name.StartsWith("op_", StringComparison.Ordinal))
        {
            var sign = method.Name is "op_Implicit" or "op_Explicit"
                ? $"{method.Name[3..].ToLowerInvariant()} operator {result}"
                : $"{result} operator {method.Name}";
            return $"operator\t{Access(method)} static {sign}({parameters})" + ApiTypes.Obsolete(method);
        }

        var generic = method.IsGenericMethodDefinition ? method.GetGenericArguments() : [];
        var list = generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(g => g.Name))}>";
        return $"{(extension ? "extension-method" : "method")}\t{Access(method)}{Modifiers(type, method)} {result} {method.Name}{list}({parameters})"
            + ApiTypes.Constraints(generic) + ApiTypes.Obsolete(method);
    }

    private static string Modifiers(Type type, MethodInfo method)
    {
        if (type.IsInterface || method.IsStatic || !method.IsVirtual)
        {
            return method.IsStatic ? " static" : "";
        }

        var newSlot = (method.Attributes & MethodAttributes.NewSlot) != 0;
        return (method.IsAbstract, newSlot, method.IsFinal) switch
        {
            (true, true, _) => " abstract",
            (true, false, _) => " abstract override",
            (false, true, var final) => final ? "" : " virtual",
            (false, false, var final) => final ? " sealed override" : " override",
        };
    }

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal));

    private static bool Visible(Type type, MethodBase? method) =>
        method is not null && Visible(type, method.IsPublic, method.IsFamily, method.IsFamilyOrAssembly);

    private static bool Visible(Type type, bool isPublic, bool family, bool familyOrAssembly) => isPublic || (!type.IsSealed && (family || familyOrAssembly));

    private static int Rank(MethodBase method) => method.IsPublic ? 3 : method.IsFamilyOrAssembly ? 2 : 1;

    private static string Access(MethodBase method) => method.IsPublic ? "public" : method.IsFamilyOrAssembly ? "protected internal" : "protected";
}
