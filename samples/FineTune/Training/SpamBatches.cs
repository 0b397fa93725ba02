using FineTuning.MiniLm;
using FineTuning.Spam;
using LoraGen.Training.Tokens;

namespace FineTuning.Training;

/// <summary>The mails as batches of tokens, with class 1 for spam.</summary>
internal sealed record SpamBatches(ClassBatches Train, ClassBatches Validation, ClassBatches Test)
{
    public static SpamBatches Of(SpamData data, int maxLength, long seed)
    {
        var tokenizer = MiniLmPackage.Tokenizer();
        var evaluation = new PaddedBatchOptions { MaxLength = maxLength, BatchSize = 32, KeptAtEnd = 1, BucketBatches = 100, Seed = null };
        return new SpamBatches(
            Batches(data.Train, evaluation with { BatchSize = 16, BucketBatches = 4, Seed = seed }),
            Batches(data.Validation, evaluation),
            Batches(data.Test, evaluation));

        ClassBatches Batches(IReadOnlyList<Mail> mails, PaddedBatchOptions options)
        {
            return new ClassBatches(mails.Select(mail => new ClassifiedExample(tokenizer.EncodeToIds(mail.Text).ToArray(), mail.IsSpam ? 1 : 0)), options);
        }
    }
}
