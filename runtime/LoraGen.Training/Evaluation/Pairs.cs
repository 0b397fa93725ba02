namespace LoraGen.Training.Evaluation;

internal static class Pairs
{
    public static void Check(int predictions, int references, string parameter)
    {
        if (predictions != references)
            throw new ArgumentException($"There are {predictions} predictions and {references} references: each prediction has one.", parameter);
        if (predictions == 0)
            throw new ArgumentException("There is no prediction.", parameter);
    }
}
