using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>The documentation of a site: its path, how the layer is created, what is trained there.</summary>
internal sealed class SiteDocumentation
{
    private readonly MethodFacts _method;
    private readonly EquatableArray<Option> _options;
    private readonly string _adapter;
    private readonly bool _optionsVary;

    public SiteDocumentation(RootFacts root, AttributeFacts attribute, string adapter)
    {
        _method = root.Method;
        _options = attribute.Options;
        _adapter = adapter;

        // An attribute on a container changes the modules in it, depending on the path.
        _optionsVary = root.Modules
            .SelectMany(module => module.Members)
            .Any(member => !LayerDescription.IsLayer(member) && MemberOverrides.IsOverridden(member, adapter));
    }

    public string Of(MemberFacts member)
    {
        var layer = LayerDescription.Of(member);
        if (!LayerDescription.IsSite(member, _method) || _optionsVary)
            return layer;

        var options = _options.Concat(MemberOverrides.Of(member, _adapter)).ToArray();
        var described = MethodDocumentation.Options(_method, options);
        var shapes = member.Made is { } made ? MethodDocumentation.Shapes(_method, options, made) : null;
        return $"{layer}{(described.Length == 0 ? string.Empty : $", {described}")}{(shapes is null ? string.Empty : $"; {shapes}")}";
    }
}
