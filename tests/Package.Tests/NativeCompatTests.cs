using Package.Tests.Support;

namespace Package.Tests;

/// <summary>TorchSharp's native library on systems whose libstdc++ is older than the library asks for.</summary>
[Collection(FeedCollection.Name)]
public sealed class NativeCompatTests(NativeProgram program) : IClassFixture<NativeProgram>
{
    private const string Asked = "GLIBCXX_3.4.32";

    private readonly TemporaryFolder _folder = program.Folder;

    /// <summary>With a HOME of its own: TorchSharp would otherwise find the libraries of the package folder, whatever the build made.</summary>
    [Fact]
    public async Task A_program_with_the_property_runs_on_this_system()
    {
        await program.Build(("LoraGenNativeCompat", "auto"));
        Directory.CreateDirectory(_folder["home"]);
        var (exitCode, output) = await Command.Run(_folder["program/bin"], "env", $"HOME={_folder["home"]}", "dotnet", "program.dll");

        Assert.True(exitCode == 0, output);
        Assert.Contains("sum 42", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["program/bin/cpu"]), "TorchSharp loaded a copy of the package's own library.");
    }

    [Fact]
    public async Task Where_the_library_is_too_new_the_build_warns_by_one_line_and_uses_the_packages_own()
    {
        var output = await program.Build(("LoraGenLibStdCpp", Old()));

        Assert.Single(output.Split('\n').Where(line => line.Contains("warning LORA9001", StringComparison.Ordinal)).Distinct());
        Assert.Equal(PackagesOwn(), program.Library);
    }

    [Fact]
    public async Task Where_the_library_is_too_new_and_the_property_is_false_nothing_is_done_or_said()
    {
        var output = await program.Build(("LoraGenNativeCompat", "false"), ("LoraGenLibStdCpp", Old()));

        Assert.DoesNotContain("LORA9001", output, StringComparison.Ordinal);
        Assert.Equal(PackagesOwn(), program.Library);
    }

    [Theory]
    [InlineData("")]
    [InlineData("auto")]
    public async Task On_a_newer_system_nothing_is_done_or_said(string value)
    {
        var output = await program.Build(("LoraGenNativeCompat", value), ("LoraGenLibStdCpp", New()));

        Assert.DoesNotContain("LORA9001", output, StringComparison.Ordinal);
        Assert.Equal(PackagesOwn(), program.Library);
    }

    /// <summary>One byte of the file is changed: the flag of the one version need.</summary>
    [Fact]
    public async Task Where_it_is_needed_the_copy_differs_by_one_flag()
    {
        await program.Build(("LoraGenNativeCompat", "auto"), ("LoraGenLibStdCpp", Old()));
        var (own, built) = (PackagesOwn(), program.Library);

        Assert.Equal(own.Length, built.Length);
        var changed = Assert.Single(Enumerable.Range(0, own.Length), at => own[at] != built[at]);
        Assert.Equal(own[changed] | 2, built[changed]);
    }

    [Theory]
    [InlineData(Asked, "_ZSt4cout", $"{Asked} is needed by _ZSt21ios_base_library_initv")]
    [InlineData("GLIBCXX_3.4", "_ZSt21ios_base_library_initv", "GLIBCXX_3.4 is needed by ")]
    public async Task A_version_that_another_symbol_needs_is_refused(string version, string onlySymbol, string said)
    {
        var (exitCode, output) = await RunTask(PackagesOwnPath(), version, onlySymbol);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["copy.so"]));
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        _folder.Write("library.so", new string('x', 100));
        var (exitCode, output) = await RunTask(_folder["library.so"], Asked, "_ZSt21ios_base_library_initv");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("it is not a 64-bit little-endian ELF file", output, StringComparison.Ordinal);
    }

    private string Old() => StandardLibrary("old.so.6", "GLIBCXX_3.4.30");

    private string New() => StandardLibrary("new.so.6", Asked);

    private string StandardLibrary(string name, string version)
    {
        _folder.Write(name, $"ELF and much else\0{version}\0");
        return _folder[name];
    }

    private static byte[] PackagesOwn() => File.ReadAllBytes(PackagesOwnPath());

    private static string PackagesOwnPath() => Path.Combine(
        BuiltWith.PackageCache, "torchsharp", BuiltWith.TorchSharpVersion, "runtimes", BuiltWith.RuntimeIdentifier, "native", NativeProgram.LibraryName);

    private Task<(int ExitCode, string Output)> RunTask(string source, string version, string onlySymbol)
    {
        _folder.Write(
            "task.proj",
            $"""
            <Project>
              <Import Project="{BuiltWith.RepositoryRoot}eng/TorchSharpNative.targets" />
              <Target Name="Run">
                <WeakenVersionNeed Source="{source}" Destination="{_folder["copy.so"]}" Version="{version}" OnlySymbol="{onlySymbol}" />
              </Target>
            </Project>
            """);
        return Command.Run(_folder.Path, "dotnet", "msbuild", "task.proj", "-nologo", "-t:Run");
    }
}
