namespace LoraGen.Generator.Models;

/// <summary>A <c>.forward(</c> call to intercept.</summary>
/// <param name="Receiver">The type that declares the called forward, fully qualified: an interceptor must name it exactly.</param>
/// <param name="Attribute">The attribute that tells the compiler where it is.</param>
/// <param name="File">Its file's name, for a reader.</param>
/// <param name="Line">Its line, from one on.</param>
public sealed record InterceptedCall(string Receiver, string Attribute, string File, int Line);
