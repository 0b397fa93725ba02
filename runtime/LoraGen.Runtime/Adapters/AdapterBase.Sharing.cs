using LoraGen.Calls;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>Other adapted models that share modules with this one.</content>
public abstract partial class AdapterBase
{
    private IReadOnlyCollection<AdaptedModel>? _sharing;

    /// <summary>The adapted models that share modules with this one. Changes wait for their calls too, because they read the same weights.</summary>
    internal IReadOnlyCollection<AdaptedModel> Sharing => _sharing ??= [.. FindSharing()];

    private IEnumerable<AdaptedModel> FindSharing() => _modules.SelectMany(ModelsOf).Where(model => model != AdaptedModel).Distinct();

    // A part of a model may have adapters of its own beside those of the whole model.
    private void EnsureMayShare(bool shared)
    {
        foreach (var other in shared ? [] : Sharing.Where(other => !IsPartOf(other, AdaptedModel.Module) && !_modules.Contains(other.Module)))
        {
            if (_hooked.FirstOrDefault(hooked => IsPartOf(other, hooked.Layer.Module)) is { Site: { } own })
                throw Shared($"{own.Path}: the layer also belongs to {Describe(other)}, where the adapter would act too", other);
            if (_trained.Tensors.FirstOrDefault(tensor => tensor.Modules.Any(module => IsPartOf(other, module))) is { } tensor)
                throw Shared($"{tensor.Path}: the tensor also belongs to {Describe(other)}, where it would be trained too", other);
            if (VirtualTokenMethod is not null || other.Adapters.Any(adapter => adapter.VirtualTokenMethod is not null))
                throw Shared($"The {ModelName} has modules of {Describe(other)}, where virtual tokens would be read too", other);
            if (_modules.SelectMany(SitesOf).FirstOrDefault(site => site.Adapter.AdaptedModel == other) is { } site)
                throw Shared($"{site.Path}: the layer has adapter \"{site.Adapter.Name}\" of {Describe(other)}, which acts here too", other);
        }
    }

    private InvalidOperationException Shared(string what, AdaptedModel other)
    {
        return new InvalidOperationException(
            $"{what}. Attach adapter \"{Name}\" with shared: true if adapters are to act in both models; otherwise detach the adapters of "
            + $"the {other.Module.GetName()}, or give each model its own layers.");
    }

    private static string Describe(AdaptedModel other) => $"another adapted model ({other.Module.GetName()})";

    private static bool IsPartOf(AdaptedModel model, nn.Module module) => ModelsOf(module).Contains(model);

    private static IReadOnlyList<AdaptedModel> ModelsOf(nn.Module module)
    {
        return ModuleState.TryGet(module, out var state) && state.Frozen is { } frozen ? frozen.Models : [];
    }

    private static IReadOnlyList<Site> SitesOf(nn.Module module) => ModuleState.TryGet(module, out var state) && state.Hook is { } hook ? hook.Sites : [];
}
