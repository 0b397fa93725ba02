namespace Vision.Shapes;

/// <summary>What an image shows: the class.</summary>
internal enum Shape
{
    Disk,
    Ring,
    Crescent,
    Triangle,
    Square,
    Pentagon,
    Star,
    Cross,
}
