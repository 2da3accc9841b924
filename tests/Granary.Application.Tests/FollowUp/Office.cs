using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.FollowUp;
using Granary.Domain.Matching;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.FollowUp;

/// <summary>A shop whose deadlines run: it follows the log and sweeps whenever a test moves its clock.</summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly Shop _shop;
    private readonly EventLog _log;
    private readonly DeadlineConsumer _consumer;
    private readonly SweepDeadlines _sweep;

    private Office(Shop shop)
    {
        (_shop, Clock) = (shop, (FakeClock)shop.Time);
        _log = new EventLog(shop.Store);
        _consumer = new DeadlineConsumer(shop.Store, shop.Settings, _log, shop.Time);
        _sweep = new SweepDeadlines(shop.Store, shop.Settings, shop.Time);
    }

    public Shop Shop => _shop;

    public FakeClock Clock { get; }

    private static CancellationToken Ct => Shop.Ct;

    /// <summary>Opens one with rules; leads are given to sales in turn, whoever had a lead may get it again.</summary>
    public static async Task<Office> Open(DatabaseKind kind, params SlaRule[] rules)
    {
        var shop = await Shop.Open(kind, new FakeClock());
        await shop.Publish(PolicyKind.Sla, new SlaPolicy { Rules = rules });
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Channels = [new ChannelDuplicatePolicy("广告/抖音广告", DuplicatePolicy.Consumer)] });
        await shop.Publish(PolicyKind.Assignment, new AssignmentPolicy
        {
            Rules = [new() { Id = "sales", Name = "销售", Target = AssignmentTarget.OfRole("sales_representative"), Method = AssignmentMethod.RoundRobin }],
        });
        return new Office(shop);
    }

    public static SlaRule BuiltIn(string id) => SlaPolicy.BuiltIn.Rules.Single(r => r.Id == id);

    /// <summary>Another node on the same database.</summary>
    public async Task<Office> SecondNode() => new(await _shop.SecondNode());

    /// <summary>Follows the log and does what is due.</summary>
    public async Task Work()
    {
        await Follow();
        await _sweep.Sweep(Ct);
        await Follow();
    }

    public Task<int> Sweep() => _sweep.Sweep(Ct);

    /// <summary>Follows the log to its end; tests beside this one hold it back on a server they share.</summary>
    public async Task<int> Follow()
    {
        var end = await _shop.Read(db => db.Set<EventRecord>().MaxAsync(e => (long?)e.Position, Ct)) ?? 0;
        while (await _log.Settled(Ct) < end)
        {
            await Task.Delay(5, Ct);
        }

        return await _consumer.Run(Ct);
    }

    /// <summary>Moves the clock and works.</summary>
    public async Task At(int month, int day, int hour, int minute = 0)
    {
        Clock.MoveTo(China(month, day, hour, minute));
        await Work();
    }

    /// <summary>An instant of 2026 in China.</summary>
    public static DateTimeOffset China(int month, int day, int hour, int minute = 0) => new DateTimeOffset(2026, month, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    public async Task<Guid> Lead(string channel = "官网/百度搜索") => (await _shop.Submit(_shop.Lead(channel: channel))).LeadId;

    /// <summary>Somebody's counted follow-up, as the verb leaves it behind.</summary>
    public Task FollowUp(Guid leadId) => _shop.Store.Write(
        async scope =>
        {
            var lead = await scope.Db.Set<Lead>().SingleAsync(l => l.Id == leadId, Ct);
            var open = await scope.Db.Set<OwnershipRecord>().SingleAsync(o => o.LeadId == leadId && o.To == null, Ct);
            (lead.Status, lead.FollowedAt) = (LeadStatus.Working, Clock.Now);
            lead.Version++;
            (open.FirstFollowUpAt, open.LastFollowUpAt, open.FollowUps) = (open.FirstFollowUpAt ?? Clock.Now, Clock.Now, open.FollowUps + 1);
            Happened(scope, leadId, LeadEvent.FollowedUp);
            await scope.Db.SaveChangesAsync(Ct);
        },
        Ct);

    /// <summary>Changes the open ownership of a lead.</summary>
    public Task Change(Guid leadId, Action<OwnershipRecord> change, string kind) => _shop.Store.Write(
        async scope =>
        {
            change(await scope.Db.Set<OwnershipRecord>().SingleAsync(o => o.LeadId == leadId && o.To == null, Ct));
            Happened(scope, leadId, kind);
            await scope.Db.SaveChangesAsync(Ct);
        },
        Ct);

    /// <summary>What the log says of reminders and missed deadlines, in order, as <c>rule percent</c>.</summary>
    public async Task<IReadOnlyList<string>> Log(Guid leadId) =>
    [
        .. (await _shop.Read(db => db.Set<EventRecord>()
            .Where(e => e.SubjectId == leadId && (e.Kind == LeadEvent.Reminded || e.Kind == LeadEvent.Violated)).OrderBy(e => e.Position).ToListAsync(Ct)))
            .Select(e => Json.Read<DeadlineData>(e.Data)).Select(d => $"{d.Rule} {d.Percent}"),
    ];

    public Task<List<Violation>> Violations() => _shop.Read(db => db.Set<Violation>().OrderBy(v => v.Id).ToListAsync(Ct));

    public Task<LeadTimer?> Timer(Guid leadId) => _shop.Read(db => db.Set<LeadTimer>().SingleOrDefaultAsync(t => t.LeadId == leadId, Ct));

    public Task<int> Told(Guid userId, NoticeKind kind) => _shop.Read(db => db.Set<Notice>().CountAsync(n => n.UserId == userId && n.Kind == kind, Ct));

    public Task<string?> PoolOf(Guid leadId) => _shop.Read(db => db.Set<Lead>().Where(l => l.Id == leadId)
        .Select(l => db.Set<Pool>().Where(p => p.Id == l.PoolId).Select(p => p.Key).SingleOrDefault()).SingleAsync(Ct));

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private void Happened(WriteScope scope, Guid leadId, string kind) =>
        scope.Db.Add(new EventRecord { At = Clock.Now, SubjectId = leadId, Kind = kind });
}
