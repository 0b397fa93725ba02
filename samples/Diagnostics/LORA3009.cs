namespace LORA3009;

static class Attention
{
    static Tensor Scores(Tensor bias, Tensor queries, Tensor keys) => bias.baddbmm(queries, keys.transpose(1, 2));
}
