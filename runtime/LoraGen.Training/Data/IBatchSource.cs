namespace LoraGen.Training;

/// <summary>
/// The batches of a training or an evaluation. The order of an epoch is a function of its number, so that a resumed training continues with the next batch.
/// </summary>
/// <typeparam name="TBatch">A batch. The loop disposes it when it is used.</typeparam>
public interface IBatchSource<out TBatch>
    where TBatch : IDisposable
{
    /// <summary>The number of batches in an epoch; null if it is unknown before its end.</summary>
    long? BatchesPerEpoch { get; }

    /// <summary>What the batches and their order depend on, such as the data's hash, the size of a batch and the seed. A checkpoint stores it.</summary>
    string Description { get; }

    /// <summary>Creates the batches of an epoch.</summary>
    /// <param name="epoch">The number of the epoch, from 0.</param>
    /// <param name="skip">How many batches at its beginning are left out.</param>
    IEnumerable<TBatch> Epoch(long epoch, long skip = 0);
}
