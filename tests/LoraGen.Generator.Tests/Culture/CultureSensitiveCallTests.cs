using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LoraGen.Generator.Tests.Culture;

/// <summary>
/// The generator calls nothing that asks the machine's culture: no test machine needs to know Turkish for its dotless i to be safe.
/// </summary>
public sealed class CultureSensitiveCallTests
{
    // Of calls with several overloads, the number of parameters of those that ask the culture.
    private static readonly Dictionary<string, int[]> Sensitive = new()
    {
        ["System.String.ToUpper"] = [0],
        ["System.String.ToLower"] = [0],
        ["System.String.Compare"] = [2, 3, 5],
        ["System.String.CompareTo"] = [1],
        ["System.Char.ToUpper"] = [1],
        ["System.Char.ToLower"] = [1],
        ["System.Double.ToString"] = [0],
        ["System.Int32.ToString"] = [0],
        ["System.Int64.ToString"] = [0],
        ["System.Double.Parse"] = [1],
        ["System.Double.TryParse"] = [2],
        ["System.Int32.Parse"] = [1],
        ["System.Int32.TryParse"] = [2],
        ["System.Int64.Parse"] = [1],
        ["System.Int64.TryParse"] = [2],
        ["System.Convert.ToString"] = [1],
    };

    [Fact]
    public void Generator_makes_none()
    {
        using var file = new PEReader(File.OpenRead(typeof(LoraGenerator).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var calls = metadata.MemberReferences.Select(handle => Call(metadata, metadata.GetMemberReference(handle))).ToArray();

        Assert.Contains(("System.Char.ToUpperInvariant", 1), calls);
        Assert.DoesNotContain(calls, call => Sensitive.TryGetValue(call.Name, out var counts) && counts.Contains(call.Parameters));
    }

    private static (string Name, int Parameters) Call(MetadataReader metadata, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference || member.GetKind() != MemberReferenceKind.Method)
            return (string.Empty, 0);

        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        var signature = metadata.GetBlobReader(member.Signature);
        signature.ReadSignatureHeader();
        return ($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}", signature.ReadCompressedInteger());
    }
}
