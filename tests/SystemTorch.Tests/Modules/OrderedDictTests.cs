using TorchSharp.Utils;

namespace SystemTorch.Tests.Modules;

public class OrderedDictTests
{
    [Fact]
    public void Entries_keep_their_order_and_their_place_when_replaced()
    {
        var dictionary = new OrderedDict<string, int> { ("c", 1), ("a", 2) };
        dictionary["b"] = 3;
        dictionary["c"] = 4;
        Assert.Equal(["c", "a", "b"], dictionary.Keys);
        Assert.Equal([4, 2, 3], dictionary.Values);
        Assert.Equal(("a", 2), dictionary[1]);

        var entries = new (string, int)[3];
        dictionary.CopyTo(entries, 0);
        Assert.Equal([("c", 4), ("a", 2), ("b", 3)], entries);
    }

    [Fact]
    public void Removing_and_inserting_keep_both_views_together()
    {
        var dictionary = new OrderedDict<string, int> { ("a", 1), ("b", 2), ("c", 3) };
        Assert.True(dictionary.Remove("b"));
        dictionary.RemoveAt(0);
        dictionary.Insert(0, ("z", 26));
        Assert.Equal(["z", "c"], dictionary.Keys);
        Assert.Equal(2, dictionary.Count);
        Assert.False(dictionary.ContainsKey("a"));
        Assert.Throws<KeyNotFoundException>(() => dictionary.Remove("a"));
        Assert.Throws<ArgumentException>(() => dictionary.Add("z", 1));
        Assert.Equal([new("z", 26), new("c", 3)], (IEnumerable<KeyValuePair<string, int>>)dictionary);
        dictionary.clear();
        Assert.Empty(dictionary.Keys);
    }
}
