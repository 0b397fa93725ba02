namespace LoraGen.Training.Comparison;

/// <summary>A rectangle in pixels, of which y grows downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public static Box Around(double x, double y, double width, double height) => new(x - (width / 2), y - (height / 2), width, height);

    /// <summary>The area that both have.</summary>
    public double Overlap(Box other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        return width > 0 && height > 0 ? width * height : 0;
    }
}
