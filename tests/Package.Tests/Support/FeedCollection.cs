namespace Package.Tests.Support;

/// <summary>The tests share one feed, packed once, and run one after the other: each is a build that can use all cores.</summary>
[CollectionDefinition(Name)]
public sealed class FeedCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "The feed";
}
