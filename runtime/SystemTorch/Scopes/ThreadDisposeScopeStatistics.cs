using System.Globalization;

namespace TorchSharp;

/// <summary>The statistics of one thread, over all kinds of objects that dispose scopes hold.</summary>
public class ThreadDisposeScopeStatistics
{
    public LifetimeStatistics TensorStatistics { get; } = new();

    public LifetimeStatistics PackedSequenceStatistics { get; } = new();

    public long CreatedOutsideScopeCount => Sum(s => s.CreatedOutsideScopeCount);

    public long DisposedOutsideScopeCount => Sum(s => s.DisposedOutsideScopeCount);

    public long CreatedInScopeCount => Sum(s => s.CreatedInScopeCount);

    public long DisposedInScopeCount => Sum(s => s.DisposedInScopeCount);

    public long AttachedToScopeCount => Sum(s => s.AttachedToScopeCount);

    public long DetachedFromScopeCount => Sum(s => s.DetachedFromScopeCount);

    public long ThreadTotalLiveCount => Sum(s => s.ThreadTotalLiveCount);

    public void Reset()
    {
        TensorStatistics.Reset();
        PackedSequenceStatistics.Reset();
    }

    public override string ToString() => Text(
        ThreadTotalLiveCount, CreatedOutsideScopeCount, DisposedOutsideScopeCount, CreatedInScopeCount, DisposedInScopeCount,
        AttachedToScopeCount, DetachedFromScopeCount);

    internal static string Text(
        long live, long createdOutside, long disposedOutside, long createdIn, long disposedIn, long attached, long detached) => string.Create(
        CultureInfo.InvariantCulture,
        $"ThreadTotalLiveCount: {live}; CreatedOutsideScopeCount: {createdOutside}; DisposedOutsideScopeCount: {disposedOutside}; " +
        $"CreatedInScopeCount: {createdIn}; DisposedInScopeCount: {disposedIn}; AttachedToScopeCount: {attached}; DetachedFromScopeCount: {detached}");

    private long Sum(Func<LifetimeStatistics, long> count) => count(TensorStatistics) + count(PackedSequenceStatistics);
}
