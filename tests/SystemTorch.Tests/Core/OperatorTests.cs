using System.Reflection;
using TorchSharp;

namespace SystemTorch.Tests.Core;

public sealed class OperatorTests
{
    /// <summary>Operators that libtorch got after 1.13; what needs them has another way.</summary>
    private static readonly string[] Newer = [nameof(Aten.scaled_dot_product_attention)];

    [Fact]
    public void Every_operator_is_in_this_libtorch()
    {
        var fields = typeof(Aten).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(f => f.FieldType == typeof(Operator)).ToArray();
        Assert.True(fields.Length > 300);
        var missing = fields.Where(f => !((Operator)f.GetValue(null)!).Exists).Select(f => f.Name).Except(Newer);
        Assert.Empty(missing);
    }

    [Fact]
    public void Arguments_left_out_take_the_schemas_defaults()
    {
        using var a = torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);
        Assert.Equal([8, 12, 18, 26], Aten.addmm.Call(a, a, a).Floats());
        Assert.Equal([15, 22, 33, 48], Aten.addmm.Call(a, a, a, Arg.Default, 2).Floats());
    }
}
