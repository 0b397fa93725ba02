namespace TorchSharp;

/// <summary>What a <see cref="NativeArg"/> holds; mirrors Tag in systemtorch.cpp.</summary>
internal enum NativeTag
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    IntList,
    TensorList,
    OptionalTensorList,
    DoubleList,
    String,
    Complex,
    Device,
    Generator,
    Default,
}
