namespace TorchSharp;

/// <summary>A custom autograd function, without its type parameter.</summary>
internal interface IManagedFunction
{
    public string Name { get; }

    public List<torch.Tensor> Forward(torch.autograd.AutogradContext context, object[] vars);

    public List<torch.Tensor> Backward(torch.autograd.AutogradContext context, List<torch.Tensor> grads);
}
