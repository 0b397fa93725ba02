using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Reading;

/// <summary>Describes each Sequential whose modules are written in the constructor as a module class of its own, whose members are those modules.</summary>
internal static class SequentialModules
{
    private const string Modules = "global::TorchSharp.Modules.";

    /// <summary>The class, and one for each Sequential in it.</summary>
    public static IEnumerable<ModuleFacts> Of(ModuleFacts module, ILookup<(string Module, string Text), MemberFacts> created)
    {
        var found = new List<ModuleFacts>();
        var members = module.Members
            .Select(member => member is { Kind: MemberKind.Open, Made.Children: { } children } ? Sequential(member, children, module) : member)
            .ToEquatableArray();
        return found.Prepend(module with { Members = members });

        MemberFacts Sequential(MemberFacts member, SequentialText text, ModuleFacts holder)
        {
            var name = $"{holder.TypeName}#{member.Component}";
            var own = new ModuleFacts(name, holder.SimpleName + PropertyNames.Pascal(member.Name), default, IsSequential: true);
            var place = found.Count;
            found.Add(own);
            found[place] = own with { Members = text.Children.Select(child => Member(child, own)).OfType<MemberFacts>().ToEquatableArray() };
            return member with { Kind = MemberKind.Module, ModuleType = name };
        }

        MemberFacts? Member(SequentialChild child, ModuleFacts holder)
        {
            var kind = LayerKinds.Named(child.Made?.Factory);
            if (child.Class is { } text)
            {
                return created[(module.TypeName, text)].FirstOrDefault() is { } facts
                    ? facts with { Name = child.Name, Component = child.Name }
                    : Open("Module", null);
            }

            if (child.Made is null)
                return Open("Module", null);
            if (kind != LayerKind.Unknown)
                return Open(child.Made.Factory, child.Made) with { Kind = MemberKind.Layer, Layer = kind };
            if (child.Made.Factory != SequentialReader.Factory)
                return null;

            var inner = Open(SequentialReader.Factory, child.Made);
            return child.Made.Children is { } children ? Sequential(inner, children, holder) : inner;

            MemberFacts Open(string type, LayerText? made)
            {
                return new MemberFacts(
                    child.Name,
                    child.Name,
                    MemberKind.Open,
                    type == "Module" ? "global::TorchSharp.torch.nn.Module" : Modules + type,
                    type,
                    null,
                    IsNullable: false,
                    IsIgnored: false,
                    Overrides: default,
                    new MemberAccess(holder.TypeName, null),
                    Made: made);
            }
        }
    }
}
