namespace TorchSharp;

internal enum ScalarKind
{
    Int,
    Double,
    Bool,
    Complex,
}
