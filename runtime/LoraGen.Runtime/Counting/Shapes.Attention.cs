using System.Globalization;

namespace LoraGen;

/// <content>Attention and Transformers. TorchSharp registers the parameters of the modules in them by their dotted names, and no modules.</content>
public static partial class Shapes
{
    /// <summary>
    /// in_proj_weight [3 * embedded_dim, embedded_dim], or where kdim or vdim is another than embedded_dim q_proj_weight [embedded_dim, embedded_dim],
    /// k_proj_weight [embedded_dim, kdim] and v_proj_weight [embedded_dim, vdim]; in_proj_bias [3 * embedded_dim];
    /// bias_k and bias_v [1, 1, embedded_dim]; out_proj.weight [embedded_dim, embedded_dim] and out_proj.bias [embedded_dim].
    /// </summary>
    public static ModuleShape MultiheadAttention(
        long embedded_dim, bool bias = true, bool add_bias_kv = false, long? kdim = null, long? vdim = null)
    {
        var shape = new ModuleShape();
        if ((kdim ?? embedded_dim) == embedded_dim && (vdim ?? embedded_dim) == embedded_dim)
        {
            shape.RegisterParameter("in_proj_weight", new ParameterShape(checked(3 * embedded_dim), embedded_dim));
        }
        else
        {
            shape.RegisterParameter("q_proj_weight", new ParameterShape(embedded_dim, embedded_dim));
            shape.RegisterParameter("k_proj_weight", new ParameterShape(embedded_dim, kdim ?? embedded_dim));
            shape.RegisterParameter("v_proj_weight", new ParameterShape(embedded_dim, vdim ?? embedded_dim));
        }

        if (bias)
            shape.RegisterParameter("in_proj_bias", new ParameterShape(checked(3 * embedded_dim)));
        if (add_bias_kv)
        {
            shape.RegisterParameter("bias_k", new ParameterShape(1, 1, embedded_dim));
            shape.RegisterParameter("bias_v", new ParameterShape(1, 1, embedded_dim));
        }

        return shape.With("out_proj", Linear(embedded_dim, embedded_dim, bias));
    }

    /// <summary>self_attn of <see cref="MultiheadAttention"/>, linear1 and linear2 of <see cref="Linear"/>, norm1 and norm2 of LayerNorm.</summary>
    public static ModuleShape TransformerEncoderLayer(long d_model = 512, long dim_feedforward = 2048)
    {
        return new ModuleShape().With("self_attn", MultiheadAttention(d_model))
            .With("linear1", Linear(d_model, dim_feedforward)).With("linear2", Linear(dim_feedforward, d_model))
            .With("norm1", LayerNorm(d_model)).With("norm2", LayerNorm(d_model));
    }

    /// <summary>As the encoder's layer, with multihead_attn after self_attn, and norm3.</summary>
    public static ModuleShape TransformerDecoderLayer(long d_model = 512, long dim_feedforward = 2048)
    {
        return new ModuleShape().With("self_attn", MultiheadAttention(d_model)).With("multihead_attn", MultiheadAttention(d_model))
            .With("linear1", Linear(d_model, dim_feedforward)).With("linear2", Linear(dim_feedforward, d_model))
            .With("norm1", LayerNorm(d_model)).With("norm2", LayerNorm(d_model)).With("norm3", LayerNorm(d_model));
    }

    /// <summary>layers.0, layers.1, …: copies of the layer, which itself stays outside.</summary>
    public static ModuleShape TransformerEncoder(ModuleShape encoder_layer, long num_layers) => Copies(encoder_layer, num_layers);

    /// <summary>layers.0, layers.1, …: copies of the layer, which itself stays outside.</summary>
    public static ModuleShape TransformerDecoder(ModuleShape decoder_layer, long num_layers) => Copies(decoder_layer, num_layers);

    /// <summary>encoder and decoder, each with its layers and a LayerNorm called norm.</summary>
    public static ModuleShape Transformer(
        long d_model = 512, long num_encoder_layers = 6, long num_decoder_layers = 6, long dim_feedforward = 2048)
    {
        var encoder = Copies(TransformerEncoderLayer(d_model, dim_feedforward), num_encoder_layers).With("norm", LayerNorm(d_model));
        var decoder = Copies(TransformerDecoderLayer(d_model, dim_feedforward), num_decoder_layers).With("norm", LayerNorm(d_model));
        return new ModuleShape().With("encoder", encoder).With("decoder", decoder);
    }

    private static ModuleShape Copies(ModuleShape layer, long count)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var shape = new ModuleShape();
        for (var i = 0L; i < count; i++)
            shape.With($"layers.{i.ToString(CultureInfo.InvariantCulture)}", layer);
        return shape;
    }

    // The parameters of a module within, each as large as that of the one given.
    private static ModuleShape With(this ModuleShape shape, string name, ModuleShape inner)
    {
        foreach (var (own, parameter) in inner.Parameters)
            shape.RegisterParameter($"{name}.{own}", new ParameterShape([.. parameter.Sizes]));
        return shape;
    }
}
