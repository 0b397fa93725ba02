using LoraGen.Generator.Models;

namespace LoraGen.Generator.Tests.Models;

public sealed class EquatableArrayTests
{
    [Fact]
    public void Equal_by_content()
    {
        var one = new[] { "a", "b" }.ToEquatableArray();
        var other = new[] { "a", "b" }.ToEquatableArray();

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.True(one.Equals((object)other));
        Assert.NotEqual(one, new[] { "b", "a" }.ToEquatableArray());
        Assert.NotEqual(one, new[] { "a" }.ToEquatableArray());
    }

    [Fact]
    public void Default_is_empty()
    {
        EquatableArray<string> none = default;

        Assert.Equal(none, Array.Empty<string>().ToEquatableArray());
        Assert.Equal(none.GetHashCode(), Array.Empty<string>().ToEquatableArray().GetHashCode());
        Assert.Empty(none);
        Assert.Throws<ArgumentOutOfRangeException>(() => none[0]);
    }
}
