using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>Tells those who manage privacy that the answer to a person comes due, and once that it is overdue. Takes what is due and nothing else.</summary>
public sealed class RemindPersonRequests(Store store, SettingCache settings, TimeProvider time)
{
    private const int Batch = 100;

    /// <summary>Does all that is due and returns how many requests it was.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var total = 0;
        for (var done = Batch; done == Batch && await AnyDue(ct); total += done)
        {
            var setting = await settings.Get(ct);
            done = await store.Write(scope => Once(scope, setting, ct), ct);
        }

        return total;
    }

    private async Task<bool> AnyDue(CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.AnyDue<PersonRequest>(r => r.RemindAt, time.Now, ct);
    }

    private async Task<int> Once(WriteScope scope, Setting setting, CancellationToken ct)
    {
        var now = time.Now;
        var holders = setting.People.Values.Where(p => p.Status != PersonStatus.Departed && setting.ViewerOf(p.Id)?.May(Permission.ManagePrivacy) == true).Select(p => p.Id).Order().ToList();
        var due = await scope.Due<PersonRequest>(r => r.RemindAt, now, Batch, ct);
        foreach (var request in due)
        {
            var kind = request.DueAt <= now ? NoticeKind.PersonRequestOverdue : NoticeKind.PersonRequestDue;
            request.RemindAt = setting.Privacy.RemindAt(request.DueAt, now);
            scope.Db.AddRange(holders.Select(user => new Notice { Id = Clock.NewId(now), UserId = user, Kind = kind, SubjectId = request.Id, At = now }));
        }

        await scope.Db.SaveChangesAsync(ct);
        return due.Count;
    }
}
