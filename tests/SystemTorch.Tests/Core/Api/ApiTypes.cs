using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SystemTorch.Tests.Core.Api;

/// <summary>Writes the public API of an assembly in the form of TorchSharp's list: declaring type, kind, signature, separated by tabs.</summary>
internal static class ApiTypes
{
    internal static IEnumerable<string> Of(Assembly assembly) => assembly.GetTypes().Where(Visible).SelectMany(Lines);

    internal static string Obsolete(MemberInfo member) => member.GetCustomAttribute<ObsoleteAttribute>() switch
    {
        null => "",
        { Message: { } message } => $" [Obsolete(\"{message.Replace("\"", "\\\"", StringComparison.Ordinal)}\")]",
        _ => " [Obsolete]",
    };

    internal static string Constraints(Type[] parameters) => string.Concat(parameters.Select(parameter =>
    {
        var attributes = parameter.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var isUnmanaged = parameter.GetCustomAttributesData().Any(a => a.AttributeType.Name == "IsUnmanagedAttribute");
        var all = new List<string>();
        if (isStruct)
        {
            all.Add(isUnmanaged ? "unmanaged" : "struct");
        }

        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            all.Add("class");
        }

        all.AddRange(parameter.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(ApiNames.Of).Order(StringComparer.Ordinal));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
        {
            all.Add("new()");
        }

        return all.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", all)}";
    }));

    private static bool Visible(Type type)
    {
        for (var t = type; t is not null; t = t.DeclaringType)
        {
            if (t.Name.Contains('<') || !(t.IsPublic || t.IsNestedPublic || ((t.IsNestedFamily || t.IsNestedFamORAssem) && !t.DeclaringType!.IsSealed)))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Lines(Type type)
    {
        var name = ApiNames.Of(type);
        return (type.IsEnum ? Enumeration(type) : Delegate(type) ?? ApiMembers.Of(type).Prepend(Header(type))).Select(line => $"{name}\t{line}");
    }

    private static IEnumerable<string> Enumeration(Type type)
    {
        var header = $"enum\tpublic enum {ApiNames.Of(type)} : {ApiNames.Of(Enum.GetUnderlyingType(type))}";
        return type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => $"enum-value\t{f.Name} = {Convert.ToString(f.GetRawConstantValue(), CultureInfo.InvariantCulture)}")
            .Prepend(header);
    }

    private static IEnumerable<string>? Delegate(Type type) => type.BaseType == typeof(MulticastDelegate) && type.GetMethod("Invoke") is { } invoke
        ? [$"delegate\tpublic delegate {ApiNames.Of(invoke.ReturnType)} {ApiNames.Of(type)}({ApiValues.Parameters(invoke.GetParameters(), false)})"]
        : null;

    private static string Header(Type type)
    {
        var kind = type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        var modifiers = type.IsValueType
            ? type.IsDefined(typeof(IsReadOnlyAttribute), false) ? " readonly" : ""
            : type.IsInterface ? "" : type is { IsAbstract: true, IsSealed: true } ? " static" : type.IsAbstract ? " abstract" : type.IsSealed ? " sealed" : "";
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var interfaces = type.GetInterfaces().Where(IsPublic).ToArray();
        var implied = interfaces.SelectMany(i => i.GetInterfaces()).Concat(inherited).Select(ApiNames.Of).ToHashSet();
        var bases = interfaces.Select(ApiNames.Of).Where(i => !implied.Contains(i)).Distinct().Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && !type.IsInterface && parent != typeof(object) && parent != typeof(ValueType))
        {
            bases = bases.Prepend(ApiNames.Of(parent)).ToArray().OrderBy(_ => 0);
        }

        var all = bases.ToArray();
        var generic = type.IsGenericType ? type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).ToArray() : [];
        var access = type.IsPublic || type.IsNestedPublic ? "public" : type.IsNestedFamORAssem ? "protected internal" : "protected";
        return $"{kind}\t{access}{modifiers} {kind} {ApiNames.Of(type)}{(all.Length == 0 ? "" : " : " + string.Join(", ", all))}"
            + Constraints(generic) + Variance(type) + Obsolete(type);
    }

    private static bool IsPublic(Type type) => type.IsPublic || type is { IsNestedPublic: true, DeclaringType: { } outer } && IsPublic(outer);

    private static string Variance(Type type)
    {
        if (type is not { IsInterface: true, IsGenericType: true })
        {
            return "";
        }

        var written = type.GetGenericArguments().Select(g => (g.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out " + g.Name,
            GenericParameterAttributes.Contravariant => "in " + g.Name,
            _ => g.Name,
        }).ToArray();
        return written.Any(w => w.Contains(' ')) ? $" [variance {string.Join(", ", written)}]" : "";
    }
}
