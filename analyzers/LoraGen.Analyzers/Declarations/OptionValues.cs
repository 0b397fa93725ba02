using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>What an adapter attribute sets; where it stands on a member, what the attribute of its class sets counts as well.</summary>
internal sealed class OptionValues(AttributeData attribute, AttributeData? outer, bool isWhole)
{
    /// <summary>Whether what is in force of these is known: a member may get what it doesn't set from a class that can't be told.</summary>
    public bool Know(params string[] options) => isWhole || options.All(Sets);

    /// <summary>Whether the attribute itself sets it.</summary>
    public bool Sets(string option) => Own(attribute, option) is not null;

    /// <summary>Its value; <paramref name="otherwise"/> where neither sets it.</summary>
    public T Get<T>(string option, T otherwise)
    {
        return (Own(attribute, option) ?? (outer is null ? null : Own(outer, option))) is { Value: T value } ? value : otherwise;
    }

    public int Rank => Get("Rank", LoraMethod.DefaultRank);

    /// <summary>The alpha in force: the rank where none is set.</summary>
    public double Alpha => Get("Alpha", double.NaN) is var alpha && double.IsNaN(alpha) ? Rank : alpha;

    /// <summary>Whether an adapter can be made with this rank and alpha.</summary>
    public bool CanScale => Rank > 0 && Alpha > 0 && Numbers.IsFinite(Alpha);

    public bool IsRankStabilized => Get("RankStabilized", false);

    /// <summary>Alpha / rank, or alpha / √rank.</summary>
    public double Scaling => IsRankStabilized ? Alpha / Math.Sqrt(Rank) : Alpha / Rank;

    public string Name => Get("Name", "default");

    /// <summary>The name of the <c>LoraInit</c> with which A starts; empty for a number without one.</summary>
    public string InitA => NameOf("InitA", "KaimingUniform");

    /// <inheritdoc cref="InitA"/>
    public string InitB => NameOf("InitB", "Zeros");

    private string NameOf(string option, string otherwise)
    {
        if ((Own(attribute, option) ?? (outer is null ? null : Own(outer, option))) is not { } set)
            return otherwise;

        var named = set.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, set.Value));
        return named?.Name ?? string.Empty;
    }

    // An enum's value is a number.
    private static TypedConstant? Own(AttributeData attribute, string option)
    {
        return attribute.NamedArguments
            .Where(argument => argument.Key == option && argument.Value.Kind != TypedConstantKind.Error)
            .Select(argument => (TypedConstant?)argument.Value)
            .LastOrDefault();
    }
}
