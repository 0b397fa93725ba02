namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null)
        {
            Aten.normal_.Apply(this, mean, std, generator);
            return this;
        }

        public Tensor uniform_(double from, double to, Generator? generator = null)
        {
            Aten.uniform_.Apply(this, from, to, generator);
            return this;
        }

        public Tensor random_(double from, double to, Generator? generator = null)
        {
            Aten.random__from.Apply(this, (long)from, (long)to, generator);
            return this;
        }

        public Tensor bernoulli(Generator? generator = null) => Aten.bernoulli.Call(this, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            Aten.bernoulli__float.Apply(this, p, generator);
            return this;
        }

        public Tensor bernoulli_(Tensor p, Generator? generator = null)
        {
            Aten.bernoulli__Tensor.Apply(this, p, generator);
            return this;
        }

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null)
        {
            Aten.exponential_.Apply(this, lambda, generator);
            return this;
        }

        public Tensor log_normal_(double mean = 0.0, double std = 1.0, Generator? generator = null)
        {
            Aten.log_normal_.Apply(this, mean, std, generator);
            return this;
        }

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Aten.multinomial.Call(this, num_samples, replacement, generator);
    }

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => Aten.normal_Tensor_Tensor.Call(mean, std, generator);

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);
}

internal static partial class Aten
{
    internal static readonly Operator normal_ = new("normal_");
    internal static readonly Operator uniform_ = new("uniform_");
    internal static readonly Operator random__from = new("random_", "from");
    internal static readonly Operator bernoulli = new("bernoulli");
    internal static readonly Operator bernoulli__float = new("bernoulli_", "float");
    internal static readonly Operator bernoulli__Tensor = new("bernoulli_", "Tensor");
    internal static readonly Operator exponential_ = new("exponential_");
    internal static readonly Operator log_normal_ = new("log_normal_");
    internal static readonly Operator multinomial = new("multinomial");
    internal static readonly Operator normal_Tensor_Tensor = new("normal", "Tensor_Tensor");
}
