using LoraGen.Generator.Models;
using LoraGen.Targets;

namespace LoraGen.Generator.Graph;

/// <summary>Builds, from a root's facts, the model of each of its adapters.</summary>
internal static class AdapterGraph
{
    public static IEnumerable<AdapterModel> Build(RootFacts root)
    {
        return root.Attributes.Select(attribute =>
        {
            var adapter = Outline(root, attribute);
            if (adapter.Problem is not null)
                return adapter;

            try
            {
                return Complete(adapter, root, attribute);
            }
            catch (Exception failure)
            {
                return adapter with { Problem = Failure.Describe(failure) };
            }
        });
    }

    private static AdapterModel Outline(RootFacts root, AttributeFacts attribute)
    {
        var name = attribute.Name ?? AdapterTypeName.DefaultAdapter;
        var infix = AdapterTypeName.Infix(name);
        return new AdapterModel(
            HintNames.Of(root.TypeName, infix + root.Method.Name),
            root.Method,
            name,
            root.Namespace,
            AdapterTypeName.Of(root.SimpleName, name, root.Method.Name),
            $"Attach{infix}{root.Method.Name}",
            root.TypeParameters,
            root.IsPublic && root.Method.IsPublic,
            root.Inputs,
            root.TypeName,
            Label(root),
            attribute,
            root.LayerTypes,
            default,
            default,
            default,
            root.Problem ?? Collision(root, AdapterTypeName.Of(root.SimpleName, name, root.Method.Name)));
    }

    private static string? Collision(RootFacts root, string type)
    {
        return AdapterTypeName.Generated(type).FirstOrDefault(root.OwnTypes.Contains) is { } taken
            ? $"a type {taken} is there already; rename it, or give the adapter another Name"
            : null;
    }

    private static AdapterModel Complete(AdapterModel adapter, RootFacts root, AttributeFacts attribute)
    {
        if (root.Modules.SelectMany(module => module.Members).FirstOrDefault(member => IsBoth(member, adapter.AdapterName)) is { } both)
        {
            return adapter with
            {
                Problem = $"{both.Name} has both [{root.Method.AttributeLabel}] and [Trainable]; it either gets an adapter or is trained as a whole",
            };
        }

        var survey = new PathSurvey(root, attribute, adapter.AdapterName);
        IEnumerable<NodeModel> nodes = root.Method.HasSites
            ? new NodeBuilder(root, survey, adapter).Build()
            : [NodeBuilder.WithoutMembers(root.Modules[0], adapter.TypeName)];
        return adapter with
        {
            Nodes = nodes.ToEquatableArray(),
            Layers = survey.Layers
                .Where(layer => root.Method.HasSites && (layer.Targeted & Targeted.Yes) != 0 && LayerDescription.IsSite(layer.Member, root.Method))
                .Select(layer => Describe(layer, attribute))
                .ToEquatableArray(),
            Trained = survey.Trained
                .Select(trained => new AdaptedLayer(trained.Path.Replace(TargetPattern.AnyIndex, '*'), LayerDescription.Of(trained.Member)))
                .ToEquatableArray(),
            Constructors = root.Constructors,
            UsedNames = root.Needs,
            Cautions = root.Cautions,
            Modules = root.Modules.Where(module => !module.IsSequential).ToEquatableArray(),
            Notes = root.Modules.SelectMany(MemberNotes.Of).ToEquatableArray(),
        };
    }

    private static bool IsBoth(MemberFacts member, string adapter) => member.IsTrainedBeside(adapter) && MemberOverrides.IsOverridden(member, adapter);

    // The class as it is written within its namespace: Outer.Model.
    private static string Label(RootFacts root)
    {
        var name = QualifiedName.WithoutAlias(root.TypeName);
        return root.Namespace.Length > 0 && name.StartsWith(root.Namespace + ".", StringComparison.Ordinal) ? name.Substring(root.Namespace.Length + 1) : name;
    }

    private static AdaptedLayer Describe((string Path, MemberFacts Member, Targeted Targeted) layer, AttributeFacts attribute)
    {
        var indices = attribute.Layers is { } layers ? $"indices {layers}" : "targeted indices";
        var condition = layer.Targeted == Targeted.Maybe ? $", at the {indices}" : string.Empty;
        return new AdaptedLayer(layer.Path.Replace(TargetPattern.AnyIndex, '*'), LayerDescription.Of(layer.Member) + condition);
    }
}
