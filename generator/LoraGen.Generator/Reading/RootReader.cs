using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>Reads an annotated class and every module class that it reaches: declared symbols only, nothing that binds a body.</summary>
internal static class RootReader
{
    public static IEnumerable<Declaration> ReadClass(ReadCache cache, GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (context.TargetSymbol is not INamedTypeSymbol model)
            return [];

        // The other parts of a partial class have their own context.
        return ByMethod(context.Attributes
                .Where(attribute => attribute.ApplicationSyntaxReference?.Span is { } span && context.TargetNode.Span.Contains(span)))
            .Select(asked => ForGenerator(asked.Key, model, asked, context.TargetNode, cache, context.SemanticModel.Compilation, cancellation));
    }

    public static IEnumerable<Declaration> ReadAssembly(ReadCache cache, GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        return ByMethod(context.Attributes).SelectMany(asked => asked
            .Select(attribute => (attribute, model: attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol))
            .Where(entry => entry.model is not null and not IErrorTypeSymbol)
            .Select(entry => ForGenerator(
                asked.Key,
                entry.model!.OriginalDefinition,
                [entry.attribute],
                entry.attribute.ApplicationSyntaxReference?.GetSyntax(cancellation),
                cache,
                context.SemanticModel.Compilation,
                cancellation)));
    }

    public static Declaration Read(
        MethodFacts method, INamedTypeSymbol model, IEnumerable<AttributeData> attributes, Compilation compilation, CancellationToken cancellation)
    {
        return Read(method, model, attributes, new Scope(compilation, method.Attribute), cancellation);
    }

    private static Declaration Read(
        MethodFacts method, INamedTypeSymbol model, IEnumerable<AttributeData> attributes, Scope scope, CancellationToken cancellation)
    {
        var names = scope.Names;
        var asking = attributes.ToArray();
        var own = asking.Select(attribute => MethodReader.OwnOf(attribute.AttributeClass)).FirstOrDefault();
        var root = new RootFacts(
            own is null ? method : method with { MethodType = names.FullName(own) },
            model.ContainingNamespace.IsGlobalNamespace ? string.Empty : model.ContainingNamespace.ToDisplayString(),
            names.FullName(model),
            TypeNames.SimpleName(model),
            TypeParameterReader.Read(model, names),
            Reach.IsPublic(model),
            TorchTypes.HookedInputs(model),
            asking.Select(AttributeReader.Read).ToEquatableArray(),
            default,
            Problem: Problem(model, own, names) ?? OnlyByAlias(model, asking, names),
            Cautions: Cautions.Repeated(model).ToEquatableArray());
        if (root.Problem is not null)
            return new Declaration(root, default);

        try
        {
            var (modules, nodes, created) = Closure(model, scope, cancellation);
            return new Declaration(
                root with { Modules = modules, Created = created, LayerTypes = scope.Layers.Facts(names).ToEquatableArray(), Needs = names.Needs }, nodes);
        }
        catch (UnreadableModelException unreadable)
        {
            return new Declaration(root with { Problem = unreadable.Message }, default);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new Declaration(root with { Problem = Failure.Describe(failure) }, default);
        }
    }

    // Attributes with other type arguments are for other methods.
    private static IEnumerable<IGrouping<MethodFacts, AttributeData>> ByMethod(IEnumerable<AttributeData> attributes)
    {
        return attributes
            .Select(attribute => (Method: MethodReader.Of(attribute.AttributeClass), attribute))
            .Where(asked => asked.Method is not null)
            .GroupBy(asked => asked.Method!, asked => asked.attribute);
    }

    // Only for the generator: an analyzer sees the generated types among the user's.
    private static Declaration ForGenerator(
        MethodFacts method,
        INamedTypeSymbol model,
        IEnumerable<AttributeData> attributes,
        SyntaxNode? place,
        ReadCache cache,
        Compilation compilation,
        CancellationToken cancellation)
    {
        return cache.Get(method, place, compilation, files =>
        {
            var scope = new Scope(compilation, method.Attribute);
            var declaration = Read(method, model, attributes, scope, cancellation);
            var facts = declaration.Facts;
            var own = facts.Attributes
                .Select(attribute => AdapterTypeName.Of(facts.SimpleName, attribute.Name ?? AdapterTypeName.DefaultAdapter, facts.Method.Name))
                .SelectMany(type => GeneratedTypes.Existing(compilation, model, type))
                .Where(type => !type.IsFileLocal);
            files.Add(model);
            foreach (var node in declaration.Nodes)
                files.Add(node.Syntax.SyntaxTree);

            // The members that the assembly names may be the fields behind properties.
            foreach (var layer in LayerTypes.Of(compilation.Assembly).Declared)
                files.Add(layer);
            return declaration with
            {
                Facts = facts with
                {
                    OwnTypes = own.Select(type => type.Name).ToEquatableArray(),
                    Constructors = ConstructorReader.Read(model, scope.Names).ToEquatableArray(),
                    Needs = scope.Names.Needs,
                },
            };
        });
    }

    private static (EquatableArray<ModuleFacts> Modules, EquatableArray<ClassNode> Nodes, EquatableArray<CreatedClass> Created) Closure(
        INamedTypeSymbol model, Scope scope, CancellationToken cancellation)
    {
        var modules = new List<ModuleFacts>();
        var nodes = new List<ClassNode>();
        var created = new List<CreatedClass>();
        var known = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { model };
        var pending = new Queue<INamedTypeSymbol>([model]);
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var module = pending.Dequeue();
            var members = MemberReader.Read(module, scope).ToArray();
            foreach (var reached in members.Select(member => member.ModuleClass).OfType<INamedTypeSymbol>().Where(known.Add))
                pending.Enqueue(reached);

            var name = scope.Names.FullName(module);
            var declarations = Declarations(module, cancellation).ToArray();
            if (members.Any(member => member.Facts.Kind == MemberKind.Open))
            {
                foreach (var (facts, reached) in CreatedClasses.Of(module, declarations, scope))
                {
                    created.Add(facts);
                    if (reached is not null && known.Add(reached))
                        pending.Enqueue(reached);
                }
            }

            modules.Add(new ModuleFacts(name, TypeNames.SimpleName(module), members.Select(member => member.Facts).ToEquatableArray(), CompiledIn(module)));
            nodes.AddRange(declarations.Select(syntax => new ClassNode(name, syntax)));
        }

        return (modules.ToEquatableArray(), nodes.ToEquatableArray(), created.ToEquatableArray());
    }

    private static string? CompiledIn(INamedTypeSymbol module)
    {
        for (var type = module; type is not null && !TorchTypes.IsModuleBase(type); type = type.BaseType)
        {
            if (type.DeclaringSyntaxReferences.IsEmpty && !TorchTypes.IsBuiltIn(type))
                return type.ContainingAssembly.Name;
        }

        return null;
    }

    private static IEnumerable<ClassDeclarationSyntax> Declarations(INamedTypeSymbol module, CancellationToken cancellation)
    {
        for (var type = module; type is not null && !TorchTypes.IsModuleBase(type); type = type.BaseType)
        {
            foreach (var syntax in type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<ClassDeclarationSyntax>())
                yield return syntax;
        }
    }

    // Generated code names many types of TorchSharp and LoraGen.
    private static string? OnlyByAlias(INamedTypeSymbol model, IEnumerable<AttributeData> attributes, NamedTypes names)
    {
        return attributes.Select(attribute => (ITypeSymbol?)attribute.AttributeClass)
            .Append(TorchTypes.ModuleBaseOf(model))
            .Select(type => type?.ContainingAssembly is { } assembly && names.AliasOf(assembly) is { } alias
                ? $"{assembly.Name} is referenced only by the alias {alias}, but generated code needs it without one: write Aliases=\"global,{alias}\""
                : null)
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(INamedTypeSymbol model, INamedTypeSymbol? own, NamedTypes names)
    {
        if (!TorchTypes.IsModule(model))
            return $"{model.Name} is not a torch.nn.Module";

        var assembly = names.Assembly;

        var hidden = Reach.CanName(model, assembly) ? own is null || Reach.CanName(own, assembly) ? null : own : model;
        return hidden is null ? null : $"{hidden.Name} is private, protected or file-local, so no other class can name it";
    }
}
