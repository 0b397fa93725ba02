namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
#nullable disable
            /// <summary>Resizes the last one, two or three dimensions, to a size or by a factor for each of them.</summary>
            public static Tensor interpolate(
                Tensor x,
                long[] size = null,
                double[] scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null,
                bool recompute_scale_factor = false,
                bool antialias = false)
#nullable restore
            {
                EnsureInterpolation(x, size, scale_factor, mode, align_corners, recompute_scale_factor, antialias);
                if (recompute_scale_factor || (mode == InterpolationMode.Area && size is null))
                    (size, scale_factor) = ([.. x.shape[2..].Zip(scale_factor!, (length, factor) => (long)Math.Floor(length * factor))], null);

                var factors = scale_factor is null ? Arg.None : Arg.Doubles(scale_factor);
                var corners = align_corners ?? false;
                return (mode, x.dim()) switch
                {
                    (InterpolationMode.Nearest, 3) => Aten.upsample_nearest1d.Call(x, size, factors),
                    (InterpolationMode.Nearest, 4) => Aten.upsample_nearest2d.Call(x, size, factors),
                    (InterpolationMode.Nearest, 5) => Aten.upsample_nearest3d.Call(x, size, factors),
                    (InterpolationMode.NearestExact, 3) => Aten._upsample_nearest_exact1d.Call(x, size, factors),
                    (InterpolationMode.NearestExact, 4) => Aten._upsample_nearest_exact2d.Call(x, size, factors),
                    (InterpolationMode.NearestExact, 5) => Aten._upsample_nearest_exact3d.Call(x, size, factors),
                    (InterpolationMode.Area, 3) => Aten.adaptive_avg_pool1d.Call(x, size),
                    (InterpolationMode.Area, 4) => Aten.adaptive_avg_pool2d.Call(x, size),
                    (InterpolationMode.Area, 5) => Aten.adaptive_avg_pool3d.Call(x, size),
                    (InterpolationMode.Linear, 3) => Aten.upsample_linear1d.Call(x, size, corners, factors),
                    (InterpolationMode.Bilinear, 4) => (antialias ? Aten._upsample_bilinear2d_aa : Aten.upsample_bilinear2d).Call(x, size, corners, factors),
                    (InterpolationMode.Bicubic, 4) => (antialias ? Aten._upsample_bicubic2d_aa : Aten.upsample_bicubic2d).Call(x, size, corners, factors),
                    (InterpolationMode.Trilinear, 5) => Aten.upsample_trilinear3d.Call(x, size, corners, factors),
                    _ => throw new ArgumentException($"{mode} does not interpolate an input of {x.dim()} dimensions."),
                };
            }

            private static void EnsureInterpolation(
                Tensor x, long[]? size, double[]? scale_factor, InterpolationMode mode, bool? align_corners, bool recompute_scale_factor, bool antialias)
            {
                if (size is null == scale_factor is null)
                    throw new ArgumentException("Either size or scale_factor is needed, and not both.");
                if ((size?.Length ?? scale_factor!.Length) is var given && given != x.dim() - 2)
                    throw new ArgumentException($"An input of {x.dim()} dimensions is interpolated in {x.dim() - 2} of them, but {given} are given.");
                if (align_corners is not null && mode is InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area)
                    throw new ArgumentException("align_corners is for the modes Linear, Bilinear, Bicubic and Trilinear.");
                if (recompute_scale_factor && size is not null)
                    throw new ArgumentException("recompute_scale_factor is for a scale_factor, not for a size.");
                if (antialias && !(mode is InterpolationMode.Bilinear or InterpolationMode.Bicubic && x.dim() == 4))
                    throw new ArgumentException("antialias is for the modes Bilinear and Bicubic on an input of 4 dimensions.");
            }
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator upsample_nearest1d = new("upsample_nearest1d", "vec");
    internal static readonly Operator upsample_nearest2d = new("upsample_nearest2d", "vec");
    internal static readonly Operator upsample_nearest3d = new("upsample_nearest3d", "vec");
    internal static readonly Operator _upsample_nearest_exact1d = new("_upsample_nearest_exact1d", "vec");
    internal static readonly Operator _upsample_nearest_exact2d = new("_upsample_nearest_exact2d", "vec");
    internal static readonly Operator _upsample_nearest_exact3d = new("_upsample_nearest_exact3d", "vec");
    internal static readonly Operator upsample_linear1d = new("upsample_linear1d", "vec");
    internal static readonly Operator upsample_bilinear2d = new("upsample_bilinear2d", "vec");
    internal static readonly Operator upsample_bicubic2d = new("upsample_bicubic2d", "vec");
    internal static readonly Operator upsample_trilinear3d = new("upsample_trilinear3d", "vec");
    internal static readonly Operator _upsample_bilinear2d_aa = new("_upsample_bilinear2d_aa", "vec");
    internal static readonly Operator _upsample_bicubic2d_aa = new("_upsample_bicubic2d_aa", "vec");
    internal static readonly Operator adaptive_avg_pool1d = new("adaptive_avg_pool1d");
    internal static readonly Operator adaptive_avg_pool3d = new("adaptive_avg_pool3d");
}
