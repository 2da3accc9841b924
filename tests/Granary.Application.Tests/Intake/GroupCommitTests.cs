using Granary.Application.Intake;

namespace Granary.Application.Tests.Intake;

public sealed class GroupCommitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_answered_before_the_commit_is_durable_and_the_next_batch_does_not_wait_for_it()
    {
        var disk = new TaskCompletionSource();
        var committed = 0;
        await using var group = new GroupCommit<int, int>(
            1,
            (items, _) =>
            {
                Interlocked.Add(ref committed, items.Count);
                return Task.FromResult(items.Select(i => i * 2).ToArray());
            },
            () => disk.Task);
        var first = group.Submit(1, Ct);
        await Until(() => committed == 1);
        var second = group.Submit(2, Ct);
        await Until(() => committed == 2);
        Assert.False(first.IsCompleted || second.IsCompleted);
        disk.SetResult();
        var answers = await Task.WhenAll(first, second);
        Assert.Equal([2, 4], answers);
    }

    [Fact]
    public async Task A_disk_that_fails_is_told_to_everybody_and_nothing_is_written_twice()
    {
        var committed = 0;
        await using var group = new GroupCommit<int, int>(
            2,
            (items, _) =>
            {
                Interlocked.Add(ref committed, items.Count);
                return Task.FromResult(items.ToArray());
            },
            () => Task.FromException(new InvalidOperationException("disk")));
        var answers = Enumerable.Range(0, 20).Select(i => group.Submit(i, Ct)).ToList();
        foreach (var answer in answers)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => answer);
        }

        Assert.Equal(20, committed);
    }

    [Fact]
    public async Task What_is_at_fault_fails_alone()
    {
        await using var group = new GroupCommit<int, int>(
            1,
            (items, _) => items.Contains(7) ? Task.FromException<int[]>(new InvalidOperationException("seven")) : Task.FromResult(items.ToArray()),
            () => Task.CompletedTask);
        var answers = Enumerable.Range(0, 10).Select(i => group.Submit(i, Ct)).ToList();
        await Assert.ThrowsAsync<InvalidOperationException>(() => answers[7]);
        answers.RemoveAt(7);
        var others = await Task.WhenAll(answers);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 8, 9], others);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Ct);
        }
    }
}
