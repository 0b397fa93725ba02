namespace LoraGen.Runtime.Tests.Interop;

/// <summary>A layer that PEFT puts in the place of one of the base model.</summary>
/// <param name="Scaling">The factor of B·A; 1 for IA³.</param>
/// <param name="Tensors">The shapes of its tensors, by the end of their names in the file.</param>
/// <param name="Children">The modules in it, beside base_layer.</param>
internal sealed record PeftLayer(double Scaling, IReadOnlyDictionary<string, long[]> Tensors, IReadOnlyList<(string Name, string Kind)> Children)
{
    /// <summary>The layer for a module; null if PEFT supports none of its kind.</summary>
    public static PeftLayer? Of(BaseModule module, PeftFiles files, PeftMatching matching)
    {
        return files.Text("peft_type") switch
        {
            "IA3" => Ia3(module, matching),
            "GLORA" => Glora(module, files),
            "OFT" => Oft(module, files),
            "ADALORA" => AdaLora(module, files),
            "VERA" => Vera(module, files),
            "LN_TUNING" => Normalization(module),
            "TRAINABLE_TOKENS" => Tokens(module, files),
            _ => Lora(module, files, matching),
        };
    }

    // A copy of the whole module.
    private static PeftLayer Normalization(BaseModule module)
    {
        return new PeftLayer(
            1,
            module.Shapes.ToDictionary(entry => $".ln_tuning_layers.{entry.Key}", entry => entry.Value),
            [("ln_tuning_layers", "ModuleDict"), ("ln_tuning_layers.default", module.Kind)]);
    }

    private static PeftLayer? Tokens(BaseModule module, PeftFiles files)
    {
        return module.Kind is "Embedding" or "Linear"
            ? new PeftLayer(
                1,
                new Dictionary<string, long[]> { [".trainable_tokens_delta"] = [files.Indices("token_indices").Count, module.Shapes["weight"][1]] },
                [("trainable_tokens_delta", "ParameterDict"), ("trainable_tokens_original", "BufferDict")])
            : null;
    }

    // The scaling is that of the initial rank, whatever is left of it.
    private static PeftLayer? AdaLora(BaseModule module, PeftFiles files)
    {
        if (module.Kind is not ("Linear" or "Conv2d") || module.Groups != 1)
            return null;

        var initial = (long)files.Number("init_r", 12);
        var left = files.RanksLeft(module.Path) ?? initial;
        var weight = module.Shapes["weight"];
        var tensors = new Dictionary<string, long[]>
        {
            [".lora_A"] = [left, weight.Skip(1).Aggregate(1L, (product, size) => product * size)],
            [".lora_B"] = [weight[0], left],
            [".lora_E"] = [left, 1],
        };
        string[] dictionaries = ["lora_A", "lora_B", "lora_E", "ranknum", "lora_embedding_A", "lora_embedding_B"];
        return new PeftLayer(
            files.Number("lora_alpha", 8) / (initial + 1e-5),
            tensors,
            [("lora_dropout", "ModuleDict"), ("lora_dropout.default", "Module"), .. dictionaries.Select(name => (name, "ParameterDict"))]);
    }

    private static PeftLayer? Lora(BaseModule module, PeftFiles files, PeftMatching matching)
    {
        if (module.Kind is not ("Linear" or "Embedding" or "Conv1d" or "Conv2d" or "Conv3d"))
            return null;

        var rank = (long)matching.Number("rank_pattern", "r", 8, module.Path);
        var alpha = matching.Number("alpha_pattern", "lora_alpha", 8, module.Path);
        if (rank <= 0 || rank % module.Groups != 0)
            return null;

        var weight = module.Shapes["weight"];
        var isEmbedding = module.Kind == "Embedding";
        long[] ones = [.. weight.Skip(2).Select(_ => 1L)];
        var tensors = new Dictionary<string, long[]>();
        if (isEmbedding)
        {
            tensors[".lora_embedding_A"] = [rank, weight[0]];
            tensors[".lora_embedding_B"] = [weight[1], rank];
        }
        else
        {
            tensors[".lora_A.weight"] = [rank, weight[1] * module.Groups, .. weight.Skip(2)];
            tensors[".lora_B.weight"] = [weight[0], rank / module.Groups, .. ones];
        }

        if (files.Flag("lora_bias"))
            tensors[".lora_B.bias"] = [weight[0]];
        if (isEmbedding && files.Flag("lora_bias"))
            return null;
        if (module.Kind.StartsWith("Conv", StringComparison.Ordinal) && files.Expression("init_lora_weights") is { } init && init != "gaussian")
            return null;

        if (files.Has("velora_config"))
        {
            if (module.Kind != "Linear")
                return null;
            var groups = files.NumberIn("velora_config", "num_groups", 64);
            tensors[".lora_velora_embed"] = [(long)Math.Ceiling(weight[1] / groups)];
        }

        if (files.Flag("use_dora"))
            tensors[".lora_magnitude_vector"] = isEmbedding ? [weight[1]] : weight.Length == 2 ? [weight[0]] : [1, weight[0], .. ones];
        return new PeftLayer(alpha / (files.Flag("use_rslora") ? Math.Sqrt(rank) : rank), tensors, [.. LoraChildren(isEmbedding, files.Flag("use_dora"))]);
    }

    // A part that is none is a buffer of zeros, and so are C, D and E without a bias.
    private static PeftLayer? Glora(BaseModule module, PeftFiles files)
    {
        if (module.Kind != "Linear")
            return null;

        var (rank, outputs, inputs) = ((long)files.Number("r", 8), module.Shapes["weight"][0], module.Shapes["weight"][1]);
        var hasBias = module.Shapes.ContainsKey("bias");
        var tensors = new Dictionary<string, long[]>();
        var (weight, coupling, bias) = (files.Text("config_A_B"), files.Text("config_C"), files.Text("config_D_E"));
        Add("A", weight, [outputs, inputs], [outputs, 1]);
        Add("B", weight, [outputs, inputs], [outputs, 1]);
        Add("C", hasBias ? coupling : "none", [inputs, 1], [inputs, 1]);
        Add("D", hasBias ? bias : "none", [outputs], [outputs]);
        Add("E", hasBias ? bias : "none", [outputs], [outputs]);
        return new PeftLayer(1, tensors, [.. "ABCDE".SelectMany(part => new[] { ($"glora_{part}", "ModuleDict"), ($"glora_{part}.default", "Module") })]);

        void Add(string part, string? form, long[] whole, long[] vector)
        {
            var name = $".glora_{part}.";
            if (form == "lora")
                (tensors[name + "Xd"], tensors[name + "Xu"]) = ([whole[0], rank], [rank, whole[1]]);
            else
                tensors[name + (form == "none" ? "zeros" : "X")] = form switch { "none" => whole, "vector" => vector, _ => [1] };
        }
    }

    // Each layer has a reference to the projections, which the model saves.
    private static PeftLayer? Vera(BaseModule module, PeftFiles files)
    {
        if (module.Kind != "Linear")
            return null;

        var tensors = new Dictionary<string, long[]>
        {
            [".vera_lambda_b"] = [module.Shapes["weight"][0]],
            [".vera_lambda_d"] = [(long)files.Number("r", 256)],
        };
        return new PeftLayer(
            1,
            tensors,
            [
                ("vera_dropout", "ModuleDict"), ("vera_dropout.default", "Module"), ("vera_lambda_b", "ParameterDict"), ("vera_lambda_d", "ParameterDict"),
                ("vera_A", "BufferDict"), ("vera_B", "BufferDict"),
            ]);
    }

    // The size or the number of blocks is moved to a divisor of the inputs, down if both ways are as far.
    private static PeftLayer? Oft(BaseModule module, PeftFiles files)
    {
        if (module.Kind != "Linear")
            return null;

        var inputs = module.Shapes["weight"][1];
        var (count, size) = ((long)files.Number("r", 0), (long)files.Number("oft_block_size", 32));
        if (count == 0)
            count = inputs / Divisor(size);
        else
            count = Divisor(count);
        size = inputs / count;
        return new PeftLayer(
            1,
            new Dictionary<string, long[]> { [".oft_R.weight"] = [files.Flag("block_share") ? 1 : count, size * (size - 1) / 2] },
            [
                ("oft_R", "ModuleDict"), ("oft_R.default", "OFTRotationModule"), ("oft_embedding_R", "ModuleDict"), ("oft_dropout", "ModuleDict"),
                ("oft_dropout.default", "Module"),
            ]);

        long Divisor(long value)
        {
            return Enumerable.Range(1, (int)inputs).Where(number => inputs % number == 0).Select(number => (long)number)
                .MinBy(number => (Math.Abs(number - Math.Min(value, inputs)), number));
        }
    }

    private static PeftLayer? Ia3(BaseModule module, PeftMatching matching)
    {
        if (module.Kind is not ("Linear" or "Conv2d" or "Conv3d"))
            return null;

        var weight = module.Shapes["weight"];
        long[] ones = [.. weight.Skip(2).Select(_ => 1L)];
        var (outputs, inputs) = (weight[0], weight[1] * module.Groups);
        var isFeedForward = matching.IsFeedForward(module.Path);
        long[] shape = weight.Length == 2
            ? isFeedForward ? [1, inputs] : [outputs, 1]
            : [1, isFeedForward ? inputs : outputs, .. ones];
        return new PeftLayer(1, new Dictionary<string, long[]> { [".ia3_l"] = shape }, [("ia3_l", "ParameterDict")]);
    }

    private static IEnumerable<(string Name, string Kind)> LoraChildren(bool isEmbedding, bool usesDora)
    {
        foreach (var name in (string[])["lora_dropout", "lora_A", "lora_B", "lora_magnitude_vector"])
        {
            yield return (name, "ModuleDict");
            if (name == "lora_dropout" || (name == "lora_magnitude_vector" ? usesDora : !isEmbedding))
                yield return ($"{name}.default", "Module");
        }

        yield return ("lora_embedding_A", "ParameterDict");
        yield return ("lora_embedding_B", "ParameterDict");
    }
}
