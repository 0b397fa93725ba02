namespace TorchSharp;

/// <summary>A custom autograd function, without its type parameter.</summary>
internal interface IManagedFunction
{
    string Name { get; }

    List<torch.Tensor> Forward(torch.autograd.AutogradContext context, object[] vars);

    List<torch.Tensor> Backward(torch.autograd.AutogradContext context, List<torch.Tensor> grads);
}
