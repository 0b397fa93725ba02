namespace LoraGen.Generator;

/// <summary>The pipeline's steps, as trackers and tests name them.</summary>
public static class StepNames
{
    /// <summary>Annotated classes, as facts with the declarations they were read from.</summary>
    public const string Declarations = nameof(Declarations);

    /// <summary>Facts completed by what the constructors' text tells; no syntax from here on.</summary>
    public const string Models = nameof(Models);

    /// <summary>What is to be written for each adapter.</summary>
    public const string Adapters = nameof(Adapters);

    /// <summary>The adapters, each type and file name once.</summary>
    public const string DistinctAdapters = nameof(DistinctAdapters);

    /// <summary>What attributes say of members of module classes, in order, and the assembly's name.</summary>
    public const string Members = nameof(Members);

    /// <summary><c>.forward(</c> calls that may be on a site, and calls of layer factories; none in design-time builds.</summary>
    public const string Calls = nameof(Calls);

    /// <summary>All of them, in order.</summary>
    public const string Interceptors = nameof(Interceptors);
}
