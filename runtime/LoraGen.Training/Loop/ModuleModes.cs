using static TorchSharp.torch;

namespace LoraGen.Training.Loop;

/// <summary>Restores the training or evaluation mode that each module of a model had.</summary>
internal sealed class ModuleModes : IDisposable
{
    private readonly (nn.Module Module, bool IsTraining)[] _modes;

    public ModuleModes(nn.Module model)
    {
        // A module sets the mode of those within it, which follow it here.
        _modes = [.. model.named_modules().Select(named => named.module).Prepend(model).Select(module => (module, module.training))];
    }

    public void Dispose()
    {
        foreach (var (module, isTraining) in _modes.Where(mode => mode.Module.training != mode.IsTraining))
            module.train(isTraining);
    }
}
