using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Evaluating;

/// <summary>A tuple that was computed. Numbers, strings and shapes are what they are, arrays are arrays of objects.</summary>
internal sealed record TupleValue(object?[] Items);

/// <summary>A value of an enumeration.</summary>
/// <param name="Type">As it is written.</param>
internal sealed record EnumValue(string Type, long Value);

/// <summary>A lambda, with the variables that it sees.</summary>
internal sealed record LambdaValue(IReadOnlyList<string> Parameters, ExpressionSyntax Body, Locals Locals);

/// <summary>An argument of a call.</summary>
/// <param name="Name">Null where it stands by position.</param>
internal sealed record ArgumentValue(string? Name, object? Value);
