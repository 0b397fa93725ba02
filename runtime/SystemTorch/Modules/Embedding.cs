using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Rows of a table by number.</summary>
        /// <remarks>
        /// As in TorchSharp, <see cref="weight"/> and the registry hold wrappers of the table: each get gives a new one, <c>to(…)</c> changes the table under
        /// them, and a registered wrapper that was made inside a dispose scope dies with the scope while the module goes on working.
        /// </remarks>
        public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            private readonly EmbeddingTable _table;
            private readonly EmbeddingOptions _options;

            internal Embedding(long num_embeddings, long embedding_dims, EmbeddingOptions options) : base("torch::nn::EmbeddingImpl")
            {
                _options = options;
                _table = new EmbeddingTable(num_embeddings, embedding_dims, options.PaddingIndex);
                register_parameter(nameof(weight), _table.Wrap());
            }

            [DisallowNull]
            public Parameter? weight
            {
                get => _table.Wrap();
                set
                {
                    _table.Replace(value);
                    ConditionallyRegisterParameter(nameof(weight), value);
                }
            }

            public override torch.Tensor forward(torch.Tensor input) => _table.Rows(input, _options);

            private protected override void MoveOwnTensors(torch.ScalarType? dtype, torch.Device? device) => _table.Move(dtype, device);

            private protected override void DisposeOwnTensors() => _table.Dispose();
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(
                long num_embeddings,
                long embedding_dims,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2.0,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null)
            {
                var options = EmbeddingOptions.Of(num_embeddings, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
                return new Embedding(num_embeddings, embedding_dims, options).MoveModule<Embedding>(device, dtype);
            }
        }
    }
}
