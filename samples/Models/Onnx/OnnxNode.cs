namespace Models.Onnx;

/// <summary>An operation of an ONNX graph.</summary>
/// <param name="Operator">The operation, such as <c>MatMul</c>.</param>
/// <param name="Inputs">The names of the values and weights that it reads.</param>
/// <param name="Outputs">The names of the values that it computes.</param>
public sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);
