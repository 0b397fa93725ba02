using System.Reflection;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>What docs/from-peft.md names exists, and nothing of PEFT's config is left out.</summary>
public sealed partial class FromPeftPageTests
{
    // Of LoraConfig, IA3Config, OFTConfig and the configs of virtual tokens in PEFT 0.20, with those of their base classes.
    private static readonly string[] Options =
    [
        "alora_invocation_tokens", "alpha_pattern", "arrow_config", "auto_mapping", "base_model_name_or_path", "bias", "corda_config", "ensure_weight_tying",
        "encoder_dropout", "encoder_hidden_size", "encoder_num_layers", "encoder_reparameterization_type",
        "eva_config", "exclude_modules", "fan_in_fan_out", "feedforward_modules", "inference_mode", "init_ia3_weights", "init_lora_weights", "kasa_config",
        "layer_replication", "layers_pattern", "layers_to_transform", "loftq_config", "lora_alpha", "lora_bias", "lora_dropout", "lora_ga_config",
        "megatron_config", "megatron_core", "modules_to_save", "monteclora_config", "peft_version", "qalora_group_size", "r", "rank_pattern", "revision",
        "runtime_config", "target_modules", "target_parameters", "task_type", "trainable_token_indices", "use_bdlora", "use_dora", "use_qalora", "use_rslora",
        "velora_config", "block_share", "coft", "eps", "module_dropout", "num_cayley_neumann_terms", "oft_block_size", "use_cayley_neumann",
        "init_weights", "num_attention_heads", "num_layers", "num_transformer_submodules", "num_virtual_tokens", "prefix_projection", "prompt_tuning_init",
        "prompt_tuning_init_text", "token_dim", "tokenizer_kwargs", "tokenizer_name_or_path",
    ];

    private static readonly string Page = File.ReadAllText(Path.Combine(Docs(), "from-peft.md"));

    [Fact]
    public void Every_option_is_on_the_page()
    {
        var named = Code().SelectMany(code => Name().Matches(code).Select(match => match.Value)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Options.Except(named));
    }

    [Fact]
    public void Every_member_of_an_adapter_or_a_model_exists()
    {
        string[] known =
        [
            .. Members(typeof(ToyLora)), .. Members(typeof(ToyLoraExtensions)), .. Members(typeof(ToyAdaLora)), .. Members(typeof(CheckpointExtensions)),
            .. Members(typeof(QuantizationExtensions)),
            .. Members(typeof(nn.Module)),
            "AttachStyleLora", "to",
        ];
        var used = Right().SelectMany(code => Member().Matches(code).Select(match => match.Groups[1].Value)).Distinct().ToArray();
        Assert.True(used.Length > 15);
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public void Every_option_of_an_attribute_exists()
    {
        Type[] attributes = [typeof(LoraAttribute), typeof(Ia3Attribute), typeof(OftAttribute), typeof(PissaAttribute), typeof(PromptTuningAttribute)];
        string[] known = [.. attributes.SelectMany(Members)];
        var used = Right().SelectMany(code => Option().Matches(code).Select(match => match.Groups[1].Value)).Distinct().ToArray();
        Assert.Contains("Targets", used);
        Assert.Contains("InitB", used);
        Assert.Empty(used.Except(known).Except(["IsActive"]));
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var links = Link().Matches(Page).Select(match => (File: match.Groups[1].Value, Heading: match.Groups[2].Value)).ToArray();
        Assert.True(links.Length > 10);
        foreach (var (file, heading) in links)
        {
            var lines = File.ReadAllLines(Path.Combine(Docs(), file));
            Assert.True(heading.Length == 0 || lines.Any(line => IsAnchor(line, heading)), $"{file} has no #{heading}");
        }
    }

    private static bool IsAnchor(string line, string heading)
    {
        return line.Contains($"<a id=\"{heading}\">", StringComparison.Ordinal)
            || (line.StartsWith('#') && NotInAnchor().Replace(line.TrimStart('#', ' ').ToLowerInvariant(), "").Replace(' ', '-') == heading);
    }

    private static IEnumerable<string> Members(Type type)
    {
        return type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy)
            .Select(member => member.Name);
    }

    private static IEnumerable<string> Code() => Span().Matches(Page).Select(match => match.Groups[1].Value);

    // The last column of the tables.
    private static IEnumerable<string> Right()
    {
        return Page.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split(" | ")[^1])
            .SelectMany(cell => Span().Matches(cell).Select(match => match.Groups[1].Value));
    }

    private static string Docs() => Path.Combine(AppContext.BaseDirectory, "Docs");

    [GeneratedRegex(@"(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex Span();

    [GeneratedRegex(@"\b[a-z]\w*\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(?:lora|model)\.(\w+)")]
    private static partial Regex Member();

    [GeneratedRegex(@"\b([A-Z]\w+) = ")]
    private static partial Regex Option();

    [GeneratedRegex(@"\]\(([\w./-]+\.md)(?:#([\w-]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NotInAnchor();
}
