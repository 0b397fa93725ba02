namespace LoraGen.Generator.Models;

/// <summary>A call to intercept.</summary>
/// <param name="Method">What is called.</param>
/// <param name="Attribute">The attribute that gives the compiler its location.</param>
/// <param name="Line">Its line, starting at one.</param>
public sealed record InterceptedCall(InterceptedMethod Method, string Attribute, int Line);

/// <summary>A file with calls to intercept. Its interceptors are in a generated file of their own, so that an edit changes no others.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Calls">The calls, in the order of the text.</param>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Needs">What the generated file needs in order to name the calls' types.</param>
public sealed record InterceptedFile(string Path, EquatableArray<InterceptedCall> Calls, string HintName, NameNeeds Needs)
{
    /// <summary>Of the path alone, which is cheap and differs between files.</summary>
    public override int GetHashCode() => Path.GetHashCode();
}

/// <summary>The signature of a method whose calls are intercepted, which an interceptor must repeat.</summary>
/// <param name="Result">What it returns.</param>
/// <param name="Parameters">The types that it takes.</param>
public abstract record InterceptedMethod(string Result, EquatableArray<string> Parameters);

/// <summary>A layer's <c>forward</c>.</summary>
/// <param name="Receiver">The type that declares it, fully qualified.</param>
public sealed record LayerForward(string Receiver, string Result, EquatableArray<string> Parameters) : InterceptedMethod(Result, Parameters);

/// <summary>The <c>forward</c> or <c>call</c> of an adapted model.</summary>
/// <param name="Receiver">The type that declares it, fully qualified.</param>
/// <param name="Name">Its name.</param>
public sealed record ModelForward(string Receiver, string Name, string Result, EquatableArray<string> Parameters) : InterceptedMethod(Result, Parameters);

/// <summary>The <c>forward</c> or <c>call</c> of a module that may be a checkpointed block.</summary>
/// <param name="Receiver">The type that declares it, fully qualified.</param>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">The types of each parameter's values: several for a tuple.</param>
/// <param name="Results">The types of the results: several for a tuple.</param>
public sealed record BlockForward(
    string Receiver,
    string Name,
    string Result,
    EquatableArray<string> Parameters,
    EquatableArray<EquatableArray<string>> Inputs,
    EquatableArray<string> Results)
    : InterceptedMethod(Result, Parameters);

/// <summary>A <c>backward</c>, or <c>autograd.grad</c>.</summary>
/// <param name="Receiver">The tensor's type; null for a static method of <c>torch.autograd</c>.</param>
/// <param name="Name">Its name.</param>
public sealed record BackwardPass(string? Receiver, string Name, string Result, EquatableArray<string> Parameters) : InterceptedMethod(Result, Parameters);

/// <summary>A factory of <c>torch.nn</c> that creates a layer.</summary>
/// <param name="Name">Its name: <c>Linear</c>.</param>
/// <param name="DeviceIndex">The index of the device parameter.</param>
public sealed record LayerFactory(string Name, string Result, EquatableArray<string> Parameters, int DeviceIndex) : InterceptedMethod(Result, Parameters);
