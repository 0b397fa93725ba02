namespace LoraGen.Generator.Evaluating;

/// <summary>The functions of <c>System.Math</c> whose results are the same wherever a compiler runs; powers and logarithms are not.</summary>
internal static class Mathematics
{
    public static object Call(string name, IReadOnlyList<object?> arguments)
    {
        return (name, arguments.Count) switch
        {
            ("Max", 2) => Wider(arguments, Math.Max, Math.Max),
            ("Min", 2) => Wider(arguments, Math.Min, Math.Min),
            ("Clamp", 3) => Call("Min", [Call("Max", [arguments[0], arguments[1]]), arguments[2]]),
            ("Abs", 1) => arguments[0] switch
            {
                int number => (object)Math.Abs(number),
                long number => Math.Abs(number),
                double number => Math.Abs(number),
                _ => throw new NotConstantException(),
            },
            ("Sqrt", 1) => Math.Sqrt(Real(arguments[0])),
            ("Ceiling", 1) => Math.Ceiling(Real(arguments[0])),
            ("Floor", 1) => Math.Floor(Real(arguments[0])),
            ("Round", 1) => Math.Round(Real(arguments[0])),
            ("Truncate", 1) => Math.Truncate(Real(arguments[0])),
            _ => throw new NotConstantException(),
        };
    }

    private static object Wider(IReadOnlyList<object?> arguments, Func<long, long, long> whole, Func<double, double, double> real)
    {
        return (arguments[0], arguments[1]) switch
        {
            (int a, int b) => (object)(int)whole(a, b),
            (int or long, int or long) => whole(Convert.ToInt64(arguments[0], null), Convert.ToInt64(arguments[1], null)),
            _ => real(Real(arguments[0]), Real(arguments[1])),
        };
    }

    private static double Real(object? value) => value is int or long or double ? Convert.ToDouble(value, null) : throw new NotConstantException();
}
