using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

/// <summary>A rule that a method declares about its own options: attaching throws for the same rule.</summary>
internal abstract class OptionFaultRule(OptionRule rule, FixKind fix) : DeclarationRule(rule.Id, rule.Title, rule.Format, DiagnosticSeverity.Error, fix)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        foreach (var fault in options.Faults.Where(fault => fault.Rule == rule && options.Know([.. fault.Options])))
        {
            // A member may set one of two options, and its class the other.
            var option = fault.Options.FirstOrDefault(options.Sets) ?? (declaration.Member is null && IsRequired(declaration) ? fault.Options[0] : null);
            if (option is not null)
                report.At(declaration.LocationOf(option), Hint(fault.Fix, declaration), fault.Arguments);
        }
    }

    // An option without a valid default, which is left out.
    private bool IsRequired(AdapterDeclaration declaration) => declaration.Method.Defaults?.AllFaults().Any(fault => fault.Rule == rule) == true;

    private static FixHint? Hint(OptionFix? fix, AdapterDeclaration declaration)
    {
        return fix switch
        {
            null => null,
            { Value: Enum value } => FixHint.SetOption(fix.Option, declaration.WriteEnum(value)),
            { Value: { } value } => FixHint.SetOption(fix.Option, (string)value),
            _ => declaration.Options.Sets(fix.Option) ? FixHint.RemoveOption(fix.Option) : null,
        };
    }
}

internal sealed class RankNotPositive() : OptionFaultRule(OptionRule.RankNotPositive, FixKind.SetOption);

internal sealed class AlphaNotPositive() : OptionFaultRule(OptionRule.AlphaNotPositive, FixKind.SetOption);

internal sealed class DropoutOutOfRange() : OptionFaultRule(OptionRule.DropoutOutOfRange, FixKind.SetOption);

internal sealed class BothMatricesZero() : OptionFaultRule(OptionRule.BothMatricesZero, FixKind.SetOption);

internal sealed class OrthogonalNeedsHalves() : OptionFaultRule(OptionRule.OrthogonalNeedsHalves, FixKind.SetOption);

internal sealed class ReparametrizeWithDropout() : OptionFaultRule(OptionRule.ReparametrizeWithDropout, FixKind.RemoveOption);

internal sealed class BaseMustBeFloat() : OptionFaultRule(OptionRule.BaseMustBeFloat, FixKind.RemoveOption);

internal sealed class BlockSizeInvalid() : OptionFaultRule(OptionRule.BlockSizeInvalid, FixKind.RemoveOption);

internal sealed class VirtualTokensOutOfRange() : OptionFaultRule(OptionRule.VirtualTokensOutOfRange, FixKind.SetOption);

internal sealed class EncoderOptionWithoutEffect() : OptionFaultRule(OptionRule.EncoderOptionWithoutEffect, FixKind.RemoveOption);

internal sealed class LoftqNotPossible() : OptionFaultRule(OptionRule.LoftqNotPossible, FixKind.RemoveOption);

internal sealed class TokensInvalid() : OptionFaultRule(OptionRule.TokensInvalid, FixKind.None);

internal sealed class ReductionFactorNotPositive() : OptionFaultRule(OptionRule.ReductionFactorNotPositive, FixKind.SetOption);

internal sealed class ScaleNotPositive() : OptionFaultRule(OptionRule.ScaleNotPositive, FixKind.SetOption);

internal sealed class ScheduleImpossible() : OptionFaultRule(OptionRule.ScheduleImpossible, FixKind.SetOption);

internal sealed class OptionOutOfRange() : OptionFaultRule(OptionRule.OptionOutOfRange, FixKind.SetOption);
