namespace LoraGen.Generator.Models;

/// <summary>A <c>.forward(</c> call to intercept.</summary>
/// <param name="Method">What is called.</param>
/// <param name="Attribute">The attribute that tells the compiler where it is.</param>
/// <param name="File">Its file's name, for a reader.</param>
/// <param name="Line">Its line, from one on.</param>
public sealed record InterceptedCall(ForwardMethod Method, string Attribute, string File, int Line);

/// <summary>A <c>forward</c>, as an interceptor must repeat it.</summary>
/// <param name="Receiver">The type that declares it, fully qualified.</param>
/// <param name="Result">What it returns.</param>
/// <param name="Parameters">The types that it takes.</param>
/// <param name="IsOfLayer">Whether it is a layer's; else an adapted model's.</param>
public sealed record ForwardMethod(string Receiver, string Result, EquatableArray<string> Parameters, bool IsOfLayer);
