namespace LORA3012;

static class Norm
{
    static Tensor Whiten(Tensor x) => (x - x.mean()) / (x.var(unbiased: false) + 1e-5).sqrt();
}
