using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;

namespace LoraGen.Testing;

/// <summary>A test project's output, loaded: generated code that runs. Disposing it lets the assembly be unloaded.</summary>
public sealed class LoadedCode : IDisposable
{
    private readonly Context context;

    private LoadedCode(ImmutableArray<Type> shared, byte[] image)
    {
        context = new Context(shared);
        using var stream = new MemoryStream(image);
        Assembly = context.LoadFromStream(stream);
    }

    /// <summary>The loaded assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>A type of the assembly by its full name.</summary>
    public Type Type(string fullName) => Assembly.GetType(fullName)
        ?? throw new HarnessException($"The loaded code has no type '{fullName}', but {string.Join(", ", Assembly.GetTypes().Select(type => type.FullName))}.");

    /// <inheritdoc/>
    public void Dispose() => context.Unload();

    internal static LoadedCode From(GeneratorOutcome outcome)
    {
        if (!outcome.Emission.Success) CompileCheck.Verify(outcome, outcome.Input.LanguageVersion);
        return new LoadedCode(outcome.Run.ReferencedTypes, outcome.Emission.Image);
    }

    // The referenced assemblies must be the ones that the test itself uses, or its types and the loaded code's would be strangers.
    private sealed class Context(ImmutableArray<Type> shared) : AssemblyLoadContext("LoraGen.Testing", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            shared.Select(type => type.Assembly).FirstOrDefault(assembly => assembly.GetName().Name == assemblyName.Name);
    }
}
