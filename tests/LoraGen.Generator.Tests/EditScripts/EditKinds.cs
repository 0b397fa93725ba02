using LoraGen.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>A choice of kinds of edits; one that is listed several times is drawn more often.</summary>
internal sealed record EditKinds(IReadOnlyList<EditKind> Kinds)
{
    /// <summary>Edits after which the project mostly compiles.</summary>
    public static EditKinds Careful { get; } = new(
    [
        BodyEdits.Call, BodyEdits.Statement, BodyEdits.Comment, BodyEdits.Blank, BodyEdits.Documentation,
        ValueEdits.Number, ValueEdits.Expression, ValueEdits.Flag, ValueEdits.Text,
        NameEdits.FieldWithUses, NameEdits.ClassWithUses,
        TypeEdits.NewField,
        AttributeEdits.Remove, AttributeEdits.OnClass, AttributeEdits.OnField, AttributeEdits.OnAssembly, AttributeEdits.Argument,
        ScopeEdits.Nullable,
        FileEdits.Derive, FileEdits.ToTheEnd, FileEdits.Rename,
        FileEdits.TakeBack, FileEdits.TakeBack, FileEdits.Repair, FileEdits.Repair, FileEdits.Repair, FileEdits.Repair, FileEdits.Repair, FileEdits.Repair,
    ]);

    /// <summary>Everything that may happen to a file.</summary>
    public static EditKinds Careless { get; } = new(
    [
        .. Careful.Kinds,
        ValueEdits.Null,
        NameEdits.FieldToOdd, NameEdits.FieldAlone, NameEdits.ClassAlone, NameEdits.Use,
        TypeEdits.Base, TypeEdits.Base, TypeEdits.NoBase, TypeEdits.Field, TypeEdits.Field, TypeEdits.Generic,
        AttributeEdits.Repeat, AttributeEdits.Model, AttributeEdits.Kind,
        ScopeEdits.Namespace, ScopeEdits.Alias, ScopeEdits.NewUsing, ScopeEdits.NoUsing, ScopeEdits.Directive, ScopeEdits.Accessibility,
        ScopeEdits.Readonly, ScopeEdits.ClassModifier,
        SyntaxEdits.Lose, SyntaxEdits.Slip, SyntaxEdits.LoseLine, SyntaxEdits.RepeatLine, SyntaxEdits.SwapLines, SyntaxEdits.Truncate,
        FileEdits.Delete, FileEdits.Duplicate,
    ]);

    /// <summary>The first kind, of those that the number decides on one after another, for which the project has a place.</summary>
    public Edit Propose(Prng random, CSharpCompilation project, CSharpCompilation earlier)
    {
        while (true)
        {
            if (random.Pick(Kinds)(random, project, earlier) is { } edit)
                return edit;
        }
    }
}
