using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The virtual tokens in PEFT's files: their values, and with an encoder also its parameters, which PEFT's reader ignores.</summary>
internal abstract class VirtualTokenPeft(VirtualTokenMethod method) : PeftMethod
{
    private const string Count = "num_virtual_tokens";
    private const string Width = "token_dim";
    private const string Submodules = "num_transformer_submodules";
    private const string Heads = "num_attention_heads";
    private const string Layers = "num_layers";

    private static readonly string[] CommonKeys = [Count, Width, Submodules, Heads, Layers];

    public override IReadOnlyList<string> Modules { get; } = [];

    public override bool HasLayers => false;

    public override bool HasTargets => false;

    public override string Prefix => "base_model.";

    /// <summary>The method's own keys, with the values of a new adapter.</summary>
    protected abstract IReadOnlyList<(string Key, JsonNode? Value)> Options(long width);

    /// <summary>Further keys that the method may have in a file, but whose values don't matter to what it computes.</summary>
    protected virtual IReadOnlyList<string> Ignored => [];

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites) => throw new NotSupportedException("The sizes are the model's.");

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites) =>
        throw new NotSupportedException("The sizes are the model's.");

    public override void Describe(JsonObject config, PeftContent content)
    {
        var (width, layers) = method.SizesOf(content.Model);
        foreach (var key in new[] { "bias", "target_modules", "exclude_modules", "layers_to_transform", "layers_pattern" }.Concat(Foreign))
            config.Remove(key);
        config[Count] = method.Tokens;
        config[Width] = width;
        config[Submodules] = 1;
        config[Layers] ??= null;
        config[Heads] ??= null;
        if (method.IsPrefix)
            (config[Layers], config[Heads]) = (layers, ((IPrefixable)content.Model).KeyValueHeads);
        foreach (var (key, value) in Options(width))
            config[key] = value;
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, PeftContent content)
    {
        foreach (var line in PeftKeys.Faults(config, [.. CommonKeys, .. Foreign, .. Ignored, .. Options(1).Select(option => option.Key)], method.Label))
            yield return line;

        var (width, layers) = method.SizesOf(content.Model);
        (string Key, long Ours, string What)[] numbers =
            [(Count, method.Tokens, "Tokens"), (Width, width, "the model's size"), (Submodules, 1, "what LoraGen supports")];
        foreach (var (key, ours, what) in numbers)
        {
            if (config.Number(key, ours) is var theirs && theirs != ours)
                yield return $"{key} is {theirs}, but {what} is {ours}";
        }

        if (!method.IsPrefix)
            yield break;

        foreach (var (key, ours) in new[] { (Layers, layers), (Heads, ((IPrefixable)content.Model).KeyValueHeads) })
        {
            if (config.Number(key, ours) is var theirs && theirs != ours)
                yield return $"{key} is {theirs}, but the model's is {ours}";
        }
    }

    public override IEnumerable<(string Key, Tensor Tensor)> SharedTensors(ParameterSet shared, PeftConfig? config)
    {
        var parameters = shared.Specs.Zip(shared.All, (spec, parameter) => (spec.PeftSuffix, (Tensor)parameter));
        return method.HasEncoder ? parameters.Append((VirtualTokenKeys.Table, method.Table(shared, isTraining: false))) : parameters;
    }

    public override void LoadShared(ParameterSet shared, PeftConfig config, Func<string, Tensor> read)
    {
        foreach (var (spec, parameter) in shared.Specs.Zip(shared.All))
            parameter.copy_(read(spec.PeftSuffix));
    }

    public override string WhyMissing(string key)
    {
        return key.StartsWith(VirtualTokenKeys.Encoder, StringComparison.Ordinal)
            ? $"; PEFT saves the virtual tokens that the network has computed, but not the network: {InsteadOfEncoder}"
            : string.Empty;
    }

    // A method without an encoder reads the tokens that any encoder has computed.
    public override bool Ignores(string key) => !method.HasEncoder && key.StartsWith(VirtualTokenKeys.Encoder, StringComparison.Ordinal);

    /// <summary>Keys of a method whose files this one reads too, which PEFT does not know in its own.</summary>
    protected virtual IReadOnlyList<string> Foreign => [];

    /// <summary>What to load such a file into.</summary>
    protected virtual string InsteadOfEncoder => string.Empty;
}
