using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Harness;

public sealed class SourceFilesTests
{
    [Fact]
    public void Joined_files_come_back_to_the_letter()
    {
        SourceFile[] files = [new("A.cs", "\nclass A;"), new("sub/B.cs", ""), new("C.cs", "// file:no separator\n\n")];

        Assert.Equal(files, SourceFiles.Split(SourceFiles.Join(files)));
    }

    [Fact]
    public void Text_without_separator_is_one_file() =>
        Assert.Equal([new SourceFile(SourceFiles.DefaultName, "class A;\n")], SourceFiles.Split("class A;"));

    [Fact]
    public void Two_files_of_one_name_are_refused() =>
        Assert.Contains("Two source files are called 'A.cs'", Tiny.Fails(() => SourceFiles.Split("// file: A.cs\n// file: A.cs\n")));
}
