using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Graph;

/// <summary>Names of generated properties: the members' names in .NET's casing (<c>q_proj</c> → <c>QProj</c>), unique in their type.</summary>
internal sealed class PropertyNames
{
    // The members that an adapter declares or inherits.
    private static readonly string[] AdapterMembers =
    [
        "ActivateOnly", "Attach", "BaseModel", "CheckpointBlocks", "Count", "CreateOptimizer", "Describe", "Detach", "Dispose", "EstimateMemory",
        "SetParameterBudget", "ExpectEverySite", "IsActive", "IsAttached", "IsMerged", "Load", "LoadAsync", "LoadReport", "Merge",
        "MergeAndRequantize", "MergeAndUnload", "GroupParameters", "Name", "NamedParameters", "Optimizer", "ParameterCount", "ParameterGroups",
        "Parameters", "Penalty", "Save", "SaveAsync", "Sites", "To", "TrainedParameters", "Unmerge", "WatchCalls",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    private readonly HashSet<string> _taken;

    public PropertyNames(IEnumerable<string> typeNames) => _taken = [.. AdapterMembers, .. typeNames];

    public string Take(string member)
    {
        var name = Pascal(member);
        while (!_taken.Add(name))
            name += "_";
        return name;
    }

    /// <summary>The name in .NET's casing. The name of a module in a Sequential may have any characters.</summary>
    public static string Pascal(string member)
    {
        var words = new string([.. member.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_')]).Split(['_'], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(words.Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name;
    }
}
