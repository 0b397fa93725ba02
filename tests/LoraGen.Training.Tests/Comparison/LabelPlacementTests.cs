using LoraGen.Training.Comparison;

namespace LoraGen.Training.Tests.Comparison;

public sealed class LabelPlacementTests
{
    private static readonly Box Area = new(0, 0, 600, 400);

    [Fact]
    public void A_label_is_beside_its_point()
    {
        var box = Assert.Single(LabelPlacement.Place([(100, 200, 60, 14)], [Box.Around(100, 200, 9, 9)], Area));

        Assert.Equal(new Box(108, 193, 60, 14), box);
    }

    [Fact]
    public void Labels_of_near_points_do_not_lie_over_each_other()
    {
        (double X, double Y, double Width, double Height)[] labels =
            [.. Enumerable.Range(0, 12).Select(i => (300.0 + (i % 4 * 6), 200.0 + (i / 4 * 6), 60.0, 14.0))];
        Box[] markers = [.. labels.Select(label => Box.Around(label.X, label.Y, 9, 9))];

        var boxes = LabelPlacement.Place(labels, markers, Area);

        Assert.All(boxes, (box, i) => Assert.All(boxes.Skip(i + 1), other => Assert.Equal(0, box.Overlap(other))));
        Assert.All(boxes, box => Assert.All(markers, marker => Assert.Equal(0, box.Overlap(marker))));
    }

    [Fact]
    public void Labels_stay_in_the_area()
    {
        var boxes = LabelPlacement.Place([(598, 2, 60, 14), (2, 398, 60, 14)], [], Area);

        Assert.All(boxes, box => Assert.Equal(60 * 14, box.Overlap(Area)));
    }
}
