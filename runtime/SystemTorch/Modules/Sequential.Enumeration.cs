namespace TorchSharp.Modules;

public partial class Sequential
{
    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
    {
        if (!recurse)
            yield break;

        var seen = new HashSet<IntPtr>();
        foreach (var (step, module) in named_children())
        {
            foreach (var (inner, parameter) in module.named_parameters(true))
            {
                if (seen.IsNew(parameter))
                    yield return ($"{step}.{inner}", parameter);
            }
        }
    }

    public override IEnumerable<(string name, torch.Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true)
    {
        if (!recurse)
            yield break;

        var seen = new HashSet<IntPtr>();
        foreach (var (step, module) in named_children())
        {
            foreach (var (inner, buffer) in module.named_buffers(true, include_persistent))
            {
                if (seen.IsNew(buffer))
                    yield return ($"{step}.{inner}", buffer);
            }
        }
    }

    public override IEnumerable<(string name, torch.nn.Module module)> named_children()
        => _steps.Select(step => (step.Name, (torch.nn.Module)step.Module));

    public override IEnumerable<(string name, torch.nn.Module module)> named_modules()
    {
        foreach (var step in named_children())
            yield return step;

        foreach (var (step, module) in named_children())
        {
            foreach (var (inner, below) in module.named_modules())
                yield return ($"{step}.{inner}", below);
        }
    }
}
