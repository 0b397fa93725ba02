using TorchSharp;

namespace SystemTorch.Tests.Core;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        torch.Tensor gone, kept, moved;
        using (var outer = torch.NewDisposeScope())
        {
            using (var inner = torch.NewDisposeScope())
            {
                gone = torch.ones(1);
                kept = torch.ones(1).DetachFromDisposeScope();
                moved = torch.ones(1).MoveToOuterDisposeScope();
                Assert.Equal(1, inner.DisposablesCount);
                Assert.True(inner.Contains(gone));
            }

            Assert.True(gone.IsInvalid);
            Assert.False(moved.IsInvalid);
            Assert.Equal([moved], outer.DisposablesView);
        }

        Assert.True(moved.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void Moving_out_of_the_outermost_scope_detaches()
    {
        torch.Tensor a;
        using (torch.NewDisposeScope())
        {
            a = torch.ones(1).MoveToOuterDisposeScope();
        }

        Assert.False(a.IsInvalid);
        a.Dispose();
    }

    [Fact]
    public void DisposeEverythingBut_keeps_what_it_is_told_until_the_scope_ends()
    {
        torch.Tensor a, b;
        using (var scope = torch.NewDisposeScope())
        {
            (a, b) = (torch.ones(1), torch.ones(1));
            Assert.Same(a, scope.DisposeEverythingBut(a));
            Assert.False(a.IsInvalid);
            Assert.True(b.IsInvalid);
        }

        Assert.True(a.IsInvalid);
    }

    [Fact]
    public void A_tensor_disposed_by_hand_leaves_its_scope()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.ones(1);
        a.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_scope_takes_tensors_that_were_made_elsewhere()
    {
        var a = torch.ones(1);
        using (var scope = torch.NewDisposeScope())
        {
            scope.Attach(a);
            Assert.True(scope.Contains(a));
        }

        Assert.True(a.IsInvalid);
    }

    [Fact]
    public void Scopes_belong_to_one_thread()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor? other = null;
        var thread = new Thread(() =>
        {
            Assert.Null(torch.CurrentDisposeScope);
            other = torch.ones(1);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.Same(scope, torch.CurrentDisposeScope);
        other!.Dispose();
    }

    [Fact]
    public void An_outer_scope_may_be_closed_before_the_inner_one()
    {
        var outer = torch.NewDisposeScope();
        var inner = torch.NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, torch.CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(torch.CurrentDisposeScope);
    }

    [Fact]
    public void A_closed_scope_says_so()
    {
        var scope = torch.NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
        Assert.Throws<ObjectDisposedException>(() => scope.Attach(torch.ones(1)));
    }

    [Fact]
    public void Only_tensors_can_be_held()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<InvalidOperationException>(() => scope.Attach(new MemoryStream()));
    }

    [Fact]
    public void Statistics_count_this_threads_tensors()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        var outside = torch.ones(1);
        using (torch.NewDisposeScope())
        {
            torch.ones(1);
            torch.ones(1).DetachFromDisposeScope().Dispose();
        }

        Assert.Equal(1, statistics.CreatedOutsideScopeCount);
        Assert.Equal(2, statistics.CreatedInScopeCount);
        Assert.Equal(1, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DisposedOutsideScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(1, statistics.ThreadTotalLiveCount);
        outside.Dispose();
        Assert.Equal(0, statistics.TensorStatistics.ThreadTotalLiveCount);
        Assert.StartsWith("ThreadTotalLiveCount: 0; CreatedOutsideScopeCount: 1", statistics.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WrappedTensorDisposeScope_gives_the_result_alone()
    {
        var before = Native.st_live_handles();
        using var result = torch.WrappedTensorDisposeScope(() => torch.ones(2).add(1).mul(3));
        Assert.Equal(before + 1, Native.st_live_handles());
        Assert.Equal([6, 6], result.Floats());
    }
}
