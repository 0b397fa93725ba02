using LoraGen.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>What a selective method selects of the base model.</summary>
/// <param name="Modules">The paths of the modules that have selected tensors.</param>
/// <param name="Parameters">The parameters with their names.</param>
/// <param name="Buffers">The names of the buffers.</param>
internal sealed record Selection(
    IReadOnlyList<string> Modules, IReadOnlyList<(BaseParameter Parameter, TrainedPlace Place)> Parameters, IReadOnlyList<TrainedPlace> Buffers)
{
    public static readonly Selection None = new([], [], []);

    /// <exception cref="InvalidOperationException">Nothing is selected, or a target matches no module.</exception>
    public static Selection Of(SiteCollector collected, SelectiveMethod method, string adapter)
    {
        var modules = collected.SelectModules(adapter);
        (BaseParameter Parameter, TrainedPlace Place)[] parameters =
        [
            .. modules.SelectMany(entry => entry.Module.named_parameters(recurse: false)
                .Where(named => is_floating_point(named.parameter) && method.Trains(entry.Module, named.name, isBuffer: false))
                .Select(named => (new BaseParameter(entry.Path, entry.Module, named.name, named.parameter), PlaceOf(entry, named.name))))
        ];
        TrainedPlace[] buffers =
        [
            .. modules.SelectMany(entry => entry.Module.named_buffers(false, false)
                .Where(named => method.Trains(entry.Module, named.name, isBuffer: true))
                .Select(named => PlaceOf(entry, named.name)))
        ];
        if (parameters.Length == 0)
        {
            throw new InvalidOperationException(
                $"{adapter}: {method.Label} has nothing to train: {modules.Count} modules with parameters or buffers are selected, but they have no "
                + $"{method.Trained}. Check Targets, Exclude, Layers and [LoraIgnore].");
        }

        string[] trained = [.. parameters.Select(entry => entry.Parameter.ModulePath).Distinct(StringComparer.Ordinal)];
        collected.EnsureEachSelects(adapter, trained, method.Trained);
        return new Selection(trained, parameters, buffers);

        TrainedPlace PlaceOf((string Path, nn.Module Module) entry, string name)
        {
            var (start, clean) = (entry.Path.Length == 0 ? string.Empty : entry.Path + ".", MemberName.Clean(name));
            return new TrainedPlace(entry.Module, name, start + clean, method.Peft.Prefix + start + method.KeyPart + clean, method.IsCopied);
        }
    }
}
