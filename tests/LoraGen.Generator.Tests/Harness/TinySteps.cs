namespace LoraGen.Generator.Tests.Harness;

internal static class TinySteps
{
    public const string Declarations = nameof(Declarations);
    public const string Models = nameof(Models);
    public const string Wanted = nameof(Wanted);
    public const string Calls = nameof(Calls);
}
