namespace LoraGen.Training.Comparison;

/// <summary>Places labels beside points so that they lie over each other and over what is drawn as little as possible.</summary>
internal static class LabelPlacement
{
    private const int Rings = 6;
    private const double Gap = 8;

    private static readonly (double X, double Y)[] Directions = [(1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1)];

    /// <summary>Places a label for each point, one after the other.</summary>
    /// <param name="labels">The points, and the sizes of their labels.</param>
    /// <param name="obstacles">What is drawn: markers and bars.</param>
    /// <param name="area">Where labels may be.</param>
    public static IReadOnlyList<Box> Place(IReadOnlyList<(double X, double Y, double Width, double Height)> labels, IReadOnlyList<Box> obstacles, Box area)
    {
        var placed = new List<Box>();
        foreach (var label in labels)
            placed.Add(Candidates(label).MinBy(Cost));
        return placed;

        // What is outside of the area counts as an overlap.
        double Cost(Box box) => placed.Concat(obstacles).Sum(box.Overlap) + (box.Width * box.Height) - box.Overlap(area);
    }

    // The nearest first, because MinBy takes the first of equal ones.
    private static IEnumerable<Box> Candidates((double X, double Y, double Width, double Height) label)
    {
        return from ring in Enumerable.Range(0, Rings)
               from direction in Directions
               let x = label.X + (direction.X * ((label.Width / 2) + Gap))
               let y = label.Y + (direction.Y * ((label.Height / 2) + Gap)) + (Math.Sign(direction.Y) * ring * label.Height)
               let shifted = direction.Y == 0 ? x + (direction.X * ring * label.Height) : x
               select Box.Around(shifted, y, label.Width, label.Height);
    }
}
