using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>Calls its modules one after the other and disposes what passes between them.</summary>
/// <remarks>It keeps its modules in a list of its own: what is registered with <c>register_module</c> is not called, listed or moved.</remarks>
public partial class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly List<(string Name, torch.nn.IModule<torch.Tensor, torch.Tensor> Module)> _steps = [];

    internal Sequential() : base("torch::nn::SequentialImpl")
    {
    }

    protected Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules) : this()
    {
        foreach (var (name, submodule) in modules)
            Add(name, submodule);
    }

    protected Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules) : this()
    {
        foreach (var module in modules)
            Add(module);
    }

    public int Count => _steps.Count;

    [IndexerName("SequentialItems")]
    public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _steps[index].Module;

    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    private IEnumerable<torch.nn.Module> Steps => _steps.Select(step => (torch.nn.Module)step.Module);

    public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        Add(module);
        return this;
    }

    public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        Add(name, module);
        return this;
    }

    public override torch.Tensor forward(torch.Tensor tensor)
    {
        if (_steps.Count == 0)
            return tensor.alias();

        var current = _steps[0].Module.call(tensor);
        for (var i = 1; i < _steps.Count; i++)
        {
            var next = _steps[i].Module.call(current);

            // A module that gives back its input object has its result disposed here, as in TorchSharp.
            current.Dispose();
            current = next;
        }

        return current;
    }

    public override torch.nn.Module apply(Action<torch.nn.Module> fn)
    {
        foreach (var module in Steps)
            module.apply(fn);
        fn(this);
        return this;
    }

    public override void train(bool on = true)
    {
        base.train(on);
        foreach (var module in Steps)
            module.train(on);
    }

    public override void eval()
    {
        base.eval();
        foreach (var module in Steps)
            module.eval();
    }

    internal void Add(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => Add($"{_steps.Count}", module);

    internal void Add(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module) => _steps.Add((name, module));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var module in Steps)
                module.Dispose();
        }

        base.Dispose(disposing);
    }

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking)
    {
        foreach (var module in Steps)
            module._to(dtype, non_blocking);
        return this;
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking)
    {
        foreach (var module in Steps)
            module._to(device, dtype, non_blocking);
        return this;
    }

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
    {
        foreach (var module in Steps)
            module._to(deviceType, deviceIndex, non_blocking);
        return this;
    }

    private Sequential Slice(int start, int end)
    {
        if (start < 0 || start > Count)
            throw new IndexOutOfRangeException($"{start} is not a valid index.");
        if (end < 0 || end > Count)
            throw new IndexOutOfRangeException($"{end} is not a valid index.");

        var slice = new Sequential();
        for (var i = start; i < end; i++)
            slice._steps.Add(_steps[i]);
        return slice;
    }
}
