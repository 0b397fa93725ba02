using System.Collections.Immutable;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>What names mean within a class. They are looked up; no body is bound for it, which at each edit would be dear.</summary>
internal sealed class Names(Compilation compilation, INamedTypeSymbol type, TypeDeclarationSyntax syntax)
{
    // Each name once: a class calls the same few factories over and over.
    private readonly Dictionary<string, ImmutableArray<ISymbol>> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITypeSymbol?> _types = new(StringComparer.Ordinal);
    private readonly Lazy<SemanticModel> _semantics = new(() => compilation.GetSemanticModel(syntax.SyntaxTree));

    private int Position => syntax.OpenBraceToken.IsMissing || syntax.OpenBraceToken.Span.IsEmpty
        ? syntax.Identifier.Span.End
        : syntax.OpenBraceToken.Span.End;

    /// <summary>The class.</summary>
    public INamedTypeSymbol Type => type;

    public IAssemblySymbol Assembly => compilation.Assembly;

    public ITypeSymbol Int => Special(SpecialType.System_Int32);

    public ITypeSymbol Bool => Special(SpecialType.System_Boolean);

    public ITypeSymbol String => Special(SpecialType.System_String);

    public ITypeSymbol Special(SpecialType special) => compilation.GetSpecialType(special);

    public ITypeSymbol Array(ITypeSymbol element) => compilation.CreateArrayTypeSymbol(element);

    public ITypeSymbol Nullable(ITypeSymbol value)
    {
        return value is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
            ? value
            : compilation.GetSpecialType(SpecialType.System_Nullable_T).Construct(value);
    }

    /// <summary>Whether it may be called from the class.</summary>
    public bool CanCall(IMethodSymbol method) => compilation.IsSymbolAccessibleWithin(method, type);

    /// <summary>Whether C# converts one type into the other unasked, as it does with constants where they fit.</summary>
    public bool MayConvert(ITypeSymbol from, ITypeSymbol to)
    {
        return compilation.ClassifyCommonConversion(from, to).IsImplicit
            || (from.SpecialType == SpecialType.System_Int32
                && (to.TypeKind == TypeKind.Enum || to.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64));
    }

    /// <summary>TorchSharp's class of that name.</summary>
    public ITypeSymbol? BuiltIn(string name)
    {
        return compilation.GetTypesByMetadataName($"TorchSharp.Modules.{name}").FirstOrDefault();
    }

    public ITypeSymbol? TypeOf(TypeSyntax written) => TypeOf(written, written.ToString());

    /// <summary>The type that an expression names; null where it is something else.</summary>
    public ITypeSymbol? TypeNamed(ExpressionSyntax written)
    {
        return written switch
        {
            IdentifierNameSyntax name when InstanceMember(name.Identifier.ValueText) is not null => null,
            PredefinedTypeSyntax or NameSyntax => TypeOf((TypeSyntax)written),
            MemberAccessExpressionSyntax { Expression: NameSyntax or MemberAccessExpressionSyntax } => TypeOf(null, written.ToString()),
            _ => null,
        };
    }

    /// <summary>A member of the class itself or of a base of the user's.</summary>
    public ISymbol? InstanceMember(string name)
    {
        for (var current = type; current is not null && !TorchTypes.IsModuleBase(current); current = current.BaseType)
        {
            if (current.GetMembers(name).FirstOrDefault() is { } member)
                return member;
        }

        return null;
    }

    /// <summary>A field or property that is seen there by its simple name, from a containing type or a static using.</summary>
    public ISymbol? StaticMember(string name)
    {
        return Lookup(name).FirstOrDefault(symbol => symbol is IFieldSymbol or IPropertySymbol);
    }

    /// <summary>The user's methods that a simple name may call.</summary>
    public IEnumerable<IMethodSymbol> Methods(string name)
    {
        if (InstanceMember(name) is not null)
            return OwnMethods(name);
        var found = Lookup(name);
        return found.All(symbol => symbol is IMethodSymbol) ? Written(found) : [];
    }

    /// <summary>Those of the class and of its bases.</summary>
    public IEnumerable<IMethodSymbol> OwnMethods(string name) => Written(Members(type, name));

    /// <summary>Those that are called by the name of their class.</summary>
    public IEnumerable<IMethodSymbol> StaticMethods(INamedTypeSymbol owner, string name)
    {
        return Written(Members(owner, name)).Where(method => method.IsStatic);
    }

    /// <summary>The name of a called factory of <c>torch.nn</c> or <c>torch</c>; null for any other method.</summary>
    public string? Factory(InvocationExpressionSyntax call, string owner, Variables variables)
    {
        return call.Expression switch
        {
            SimpleNameSyntax name when InstanceMember(name.Identifier.ValueText) is null && variables.Find(name.Identifier.ValueText) is null
                && IsTorchMethod(name.Identifier.ValueText, owner) => name.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: NameSyntax or MemberAccessExpressionSyntax } access
                when IsTorch(TypeNamed(access.Expression), owner) => access.Name.Identifier.ValueText,
            _ => null,
        };
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol owner, string name)
    {
        for (var current = owner; current is not null && !TorchTypes.IsModuleBase(current); current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
                yield return member;
        }
    }

    // All of the project's own, and nothing else by that name: else it can't be told which is called.
    private IEnumerable<IMethodSymbol> Written(IEnumerable<ISymbol> members)
    {
        var found = members.ToArray();
        return found.All(member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary } && member.DeclaringSyntaxReferences.Length > 0
            && SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, Assembly))
            ? found.Cast<IMethodSymbol>()
            : [];
    }

    private ITypeSymbol? TypeOf(TypeSyntax? written, string text)
    {
        if (!_types.TryGetValue(text, out var type))
        {
            written ??= SyntaxFactory.ParseTypeName(text);
            var found = _semantics.Value.GetSpeculativeTypeInfo(Position, written, SpeculativeBindingOption.BindAsTypeOrNamespace).Type;
            type = found is IErrorTypeSymbol ? null : found;
            _types.Add(text, type);
        }

        return type;
    }

    private ImmutableArray<ISymbol> Lookup(string name)
    {
        if (!_symbols.TryGetValue(name, out var found))
        {
            found = _semantics.Value.LookupSymbols(Position, name: name);
            _symbols.Add(name, found);
        }

        return found;
    }

    private bool IsTorchMethod(string name, string owner)
    {
        var found = Lookup(name);
        return found.Length > 0 && found.All(symbol => symbol is IMethodSymbol or INamedTypeSymbol)
            && found.OfType<IMethodSymbol>().Any()
            && found.OfType<IMethodSymbol>().All(method => IsTorch(method.ContainingType, owner));
    }

    /// <summary>Whether it is TorchSharp's type of that dotted name.</summary>
    public static bool IsTorch(ITypeSymbol? type, string name)
    {
        var outer = type;
        for (var end = name.Length; end > 0; outer = outer.ContainingType)
        {
            var start = name.LastIndexOf('.', end - 1) + 1;
            if (outer is null || outer.Name.Length != end - start || string.CompareOrdinal(outer.Name, 0, name, start, end - start) != 0)
                return false;
            end = start - 1;
        }

        return outer is null && type?.ContainingNamespace is { Name: "TorchSharp", ContainingNamespace.IsGlobalNamespace: true };
    }
}
