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
        MethodFacts method, INamedTypeSymbol model, IEnumerable<AttributeData> attributes, IAssemblySymbol assembly, CancellationToken cancellation)
    {
        var asking = attributes.ToArray();
        var own = asking.Select(attribute => MethodReader.OwnOf(attribute.AttributeClass)).FirstOrDefault();
        var root = new RootFacts(
            method,
            model.ContainingNamespace.IsGlobalNamespace ? string.Empty : model.ContainingNamespace.ToDisplayString(),
            TypeNames.FullName(model),
            TypeNames.SimpleName(model),
            TypeParameterReader.Read(model),
            Reach.IsPublic(model),
            TorchTypes.HookedInputs(model),
            asking.Select(AttributeReader.Read).ToEquatableArray(),
            default,
            Problem: Problem(model, own, assembly));
        if (root.Problem is not null)
            return new Declaration(root, default);

        try
        {
            var scope = new Scope(assembly, method.Attribute, LayerTypes.Of(assembly));
            var (modules, nodes, discouraged) = Closure(model, own, scope, cancellation);
            return new Declaration(
                root with { Modules = modules, LayerTypes = scope.Layers.Facts(assembly).ToEquatableArray(), Discouraged = discouraged }, nodes);
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
            var declaration = Read(method, model, attributes, compilation.Assembly, cancellation);
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
                    Constructors = ConstructorReader.Read(model, compilation.Assembly).ToEquatableArray(),
                },
            };
        });
    }

    private static (EquatableArray<ModuleFacts> Modules, EquatableArray<ClassNode> Nodes, EquatableArray<string> Discouraged) Closure(
        INamedTypeSymbol model, INamedTypeSymbol? own, Scope scope, CancellationToken cancellation)
    {
        var modules = new List<ModuleFacts>();
        var nodes = new List<ClassNode>();
        var known = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { model };
        var pending = new Queue<INamedTypeSymbol>([model]);
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var module = pending.Dequeue();
            var members = MemberReader.Read(module, scope).ToArray();
            foreach (var reached in members.Select(member => member.ModuleClass).OfType<INamedTypeSymbol>().Where(known.Add))
                pending.Enqueue(reached);

            var name = TypeNames.FullName(module);
            modules.Add(new ModuleFacts(name, TypeNames.SimpleName(module), members.Select(member => member.Facts).ToEquatableArray(), CompiledIn(module)));
            nodes.AddRange(Declarations(module, cancellation).Select(syntax => new ClassNode(name, syntax)));
        }

        if (own is not null)
            known.Add(own);
        var discouraged = known.SelectMany(type => DiagnosticIds.OfUsing((INamedTypeSymbol)type)).Distinct().OrderBy(id => id, StringComparer.Ordinal);
        return (modules.ToEquatableArray(), nodes.ToEquatableArray(), discouraged.ToEquatableArray());
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

    private static string? Problem(INamedTypeSymbol model, INamedTypeSymbol? own, IAssemblySymbol assembly)
    {
        if (!TorchTypes.IsModule(model))
            return $"{model.Name} is not a torch.nn.Module";

        var hidden = Reach.CanName(model, assembly) ? own is null || Reach.CanName(own, assembly) ? null : own : model;
        return hidden is null ? null : $"{hidden.Name} is private, protected or file-local, so no other class can name it";
    }
}
