namespace LoraGen.Generator;

/// <summary>The names of the pipeline's steps, for tracking and tests.</summary>
public static class StepNames
{
    /// <summary>Annotated classes, as facts with the declarations they were read from.</summary>
    public const string Declarations = nameof(Declarations);

    /// <summary>Facts completed from the constructors' text; no syntax from here on.</summary>
    public const string Models = nameof(Models);

    /// <summary>The model of each adapter to write.</summary>
    public const string Adapters = nameof(Adapters);

    /// <summary>The adapters, without duplicate types and file names.</summary>
    public const string DistinctAdapters = nameof(DistinctAdapters);

    /// <summary>What attributes say of members of module classes, in order.</summary>
    public const string Members = nameof(Members);

    /// <summary>The calls of layers and adapted models, and of layer factories, of each file that has any.</summary>
    public const string Calls = nameof(Calls);

    /// <summary>The files of interceptors, with distinct names.</summary>
    public const string Interceptors = nameof(Interceptors);
}
