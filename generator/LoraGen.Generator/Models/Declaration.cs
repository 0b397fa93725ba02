using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Models;

/// <summary>
/// A root and the class declarations that contain its constructors. A node is the same object as long as its file is unchanged, so it tells the next step
/// whether the text needs reading again.
/// </summary>
public sealed record Declaration(RootFacts Facts, EquatableArray<ClassNode> Nodes);

/// <summary>A declaration of the module class <paramref name="TypeName"/>.</summary>
public sealed record ClassNode(string TypeName, ClassDeclarationSyntax Syntax)
{
    public bool Equals(ClassNode? other) => other is not null && TypeName == other.TypeName && ReferenceEquals(Syntax, other.Syntax);

    public override int GetHashCode() => TypeName.GetHashCode();
}
