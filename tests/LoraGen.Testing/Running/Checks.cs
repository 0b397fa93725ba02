namespace LoraGen.Testing;

/// <summary>The checks that <see cref="GeneratorRun.Run"/> makes unless a test leaves some out.</summary>
[Flags]
public enum Checks
{
    /// <summary>Only that the generator neither throws nor reports diagnostics.</summary>
    None = 0,

    /// <summary>The output compiles without errors and warnings at each language version.</summary>
    Compiles = 1,

    /// <summary>Steps and outputs are reused after edits that change nothing for the generator.</summary>
    Caching = 2,

    /// <summary>No step keeps compilations, symbols, locations and the like alive.</summary>
    ObjectGraph = 4,

    /// <summary>The generated text keeps to the house's form.</summary>
    Text = 8,

    /// <summary>A fresh driver under a foreign culture gives the same text.</summary>
    Determinism = 16,

    /// <summary>All of them.</summary>
    All = Compiles | Caching | ObjectGraph | Text | Determinism,
}
