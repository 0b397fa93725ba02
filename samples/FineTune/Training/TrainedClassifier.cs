using FineTuning.MiniLm;
using LoraGen;
using LoraGen.Training;

namespace FineTuning.Training;

/// <summary>What a training leaves.</summary>
internal sealed record TrainedClassifier(MiniLmClassifier Model, AdapterBase Adapter, SpamBatches Batches, TrainingResult Result);
