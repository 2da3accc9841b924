using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>A list as the page of lists shows it.</summary>
/// <param name="List">The list.</param>
/// <param name="Stages">How many of its accounts that the reader reaches are in each stage.</param>
public sealed record ListedNamedList(NamedList List, IReadOnlyDictionary<NamedAccountStage, int> Stages)
{
    /// <summary>How many accounts.</summary>
    public int Accounts => Stages.Values.Sum();
}

/// <summary>How premium and regular accounts stand to each other, over all lists.</summary>
/// <param name="Premium">Premium accounts.</param>
/// <param name="Regular">Regular ones.</param>
/// <param name="Most">Most premium ones for so many regular ones.</param>
public sealed record PremiumRatio(int Premium, int Regular, int Most)
{
    /// <summary>Whether there are more premium accounts than the policy asks for.</summary>
    public bool Off => Premium > Most;
}

/// <summary>A named account as its list shows it.</summary>
/// <param name="Named">The named account.</param>
/// <param name="Account">Its account.</param>
/// <param name="Facts">What the product knows of it.</param>
/// <param name="Reached">The furthest stage whose checklists hold.</param>
/// <param name="NextTouch">Its next planned touch.</param>
public sealed record ListedNamedAccount(NamedAccount Named, Account Account, NamedAccountFacts Facts, NamedAccountStage Reached, NamedTouch? NextTouch);

/// <summary>A named account as its card shows it.</summary>
/// <param name="Named">The named account.</param>
/// <param name="Account">Its account.</param>
/// <param name="List">Its list.</param>
/// <param name="Entry">The lines of all checklists, and whether they hold.</param>
/// <param name="Checks">What was ticked.</param>
/// <param name="Changes">Its changes of stage, the latest first.</param>
/// <param name="Touches">Its touches, by day.</param>
public sealed record NamedAccountCard(
    NamedAccount Named, Account Account, NamedList List, IReadOnlyList<EntryState> Entry, IReadOnlyList<NamedCheck> Checks, IReadOnlyList<NamedStageChange> Changes, IReadOnlyList<NamedTouch> Touches);

/// <summary>What a quarter was to bring, and what it brought.</summary>
/// <param name="Quarter">The quarter.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Goal">How many accounts were to reach it; null where nobody said.</param>
/// <param name="Actual">How many did.</param>
public sealed record GoalLine(Quarter Quarter, NamedAccountStage Stage, int? Goal, int Actual);

/// <summary>A touch that is to come, with the account it is for.</summary>
/// <param name="Touch">The touch.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Account">Its name.</param>
public sealed record DueTouch(NamedTouch Touch, Guid AccountId, string Account);

/// <summary>Reads lists of named accounts, their accounts, goals and touches.</summary>
public sealed class ReadNamed(Store store, SettingCache settings, NamedKnowledge knowledge, TimeProvider time)
{
    /// <summary>Rows of a page when nothing else is asked for.</summary>
    public const int PageSize = 50;

    private const int MostLists = 200, MostDue = 50, MostChanges = 50;

    /// <summary>The lists, by name.</summary>
    public async Task<IReadOnlyList<ListedNamedList>> Lists(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var lists = await viewer.NamedLists(db).AsNoTracking().OrderBy(l => l.Name).Take(MostLists).ToListAsync(ct);
        var ids = lists.ConvertAll(l => l.Id);
        var counts = await viewer.NamedAccounts(db).Where(n => ids.Contains(n.ListId)).GroupBy(n => new { n.ListId, n.Stage }).Select(g => new { g.Key.ListId, g.Key.Stage, Count = g.Count() }).ToListAsync(ct);
        return [.. lists.Select(l => new ListedNamedList(l, counts.Where(c => c.ListId == l.Id).ToDictionary(c => c.Stage, c => c.Count)))];
    }

    /// <summary>How many premium accounts there are for the regular ones.</summary>
    public async Task<PremiumRatio> Ratio(CancellationToken ct = default)
    {
        var perPremium = (await settings.Get(ct)).NamedAccounts.RegularPerPremium;
        await using var db = store.Open();
        var counts = await (from n in db.Set<NamedAccount>() join l in db.Set<NamedList>() on n.ListId equals l.Id group n by l.Premium into g select new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var (premium, regular) = (counts.Where(c => c.Key).Sum(c => c.Count), counts.Where(c => !c.Key).Sum(c => c.Count));
        return new PremiumRatio(premium, regular, NamedAccounts.MostPremium(regular, perPremium));
    }

    /// <summary>A list with its counts; null when there is none for this viewer.</summary>
    public async Task<ListedNamedList?> List(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (await viewer.NamedLists(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } list)
        {
            return null;
        }

        var counts = await viewer.NamedAccounts(db).Where(n => n.ListId == id).GroupBy(n => n.Stage).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return new ListedNamedList(list, counts.ToDictionary(c => c.Key, c => c.Count));
    }

    /// <summary>A page of a list's accounts, the latest first; one more than asked for says that there is a next one.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="filter">Which accounts.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(IReadOnlyList<ListedNamedAccount> Items, Guid? Next)> Accounts(Viewer viewer, NamedFilter filter, Guid? after = null, int take = PageSize, CancellationToken ct = default)
    {
        var policy = (await settings.Get(ct)).NamedAccounts;
        await using var db = store.Open();
        var named = filter.Of(db, viewer);
        named = after is { } last ? named.Where(n => n.Id < last) : named;
        var rows = await (from n in named join a in db.Set<Account>() on n.AccountId equals a.Id orderby n.Id descending select new { n, a }).AsNoTracking().Take(take + 1).ToListAsync(ct);
        var (more, page) = (rows.Count > take, rows.Take(take).ToList());
        var facts = await knowledge.Of(db, policy, page.ConvertAll(r => r.a), ct);
        var ids = page.ConvertAll(r => r.n.Id);
        var ticked = (await db.Set<NamedCheck>().AsNoTracking().Where(c => ids.Contains(c.NamedAccountId)).Select(c => new { c.NamedAccountId, c.CheckId }).ToListAsync(ct)).ToLookup(c => c.NamedAccountId, c => c.CheckId);
        var touches = (await db.Set<NamedTouch>().AsNoTracking().Where(t => ids.Contains(t.NamedAccountId) && t.DoneOn == null && t.CancelledAt == null).OrderBy(t => t.PlannedOn).ToListAsync(ct)).ToLookup(t => t.NamedAccountId);
        IReadOnlyList<ListedNamedAccount> items =
            [.. page.Select(r => new ListedNamedAccount(r.n, r.a, facts[r.a.Id], NamedAccounts.Reached(policy, facts[r.a.Id], [.. ticked[r.n.Id]]), touches[r.n.Id].FirstOrDefault()))];
        return (items, more ? page[^1].n.Id : null);
    }

    /// <summary>A named account; null when there is none for this viewer.</summary>
    public async Task<NamedAccountCard?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        var policy = (await settings.Get(ct)).NamedAccounts;
        await using var db = store.Open();
        if (await viewer.NamedAccounts(db).AsNoTracking().SingleOrDefaultAsync(n => n.Id == id, ct) is not { } named)
        {
            return null;
        }

        var account = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == named.AccountId, ct);
        var checks = await db.Set<NamedCheck>().AsNoTracking().Where(c => c.NamedAccountId == id).ToListAsync(ct);
        var facts = await knowledge.Of(db, policy, [account], ct);
        return new NamedAccountCard(
            named,
            account,
            await db.Set<NamedList>().AsNoTracking().SingleAsync(l => l.Id == named.ListId, ct),
            NamedAccounts.Entry(policy, NamedAccounts.Stages[^1], facts[account.Id], checks.ConvertAll(c => c.CheckId)),
            checks,
            await db.Set<NamedStageChange>().AsNoTracking().Where(c => c.NamedAccountId == id).OrderByDescending(c => c.Id).Take(MostChanges).ToListAsync(ct),
            await db.Set<NamedTouch>().AsNoTracking().Where(t => t.NamedAccountId == id).OrderBy(t => t.PlannedOn).ThenBy(t => t.Id).ToListAsync(ct));
    }

    /// <summary>The named account that an account is; null when it is none, or not for this viewer.</summary>
    public async Task<(Guid Id, NamedAccountStage Stage, string List)?> OfAccount(Viewer viewer, Guid accountId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var found = await (from n in viewer.NamedAccounts(db) join l in db.Set<NamedList>() on n.ListId equals l.Id where n.AccountId == accountId select new { n.Id, n.Stage, l.Name }).SingleOrDefaultAsync(ct);
        return found is null ? null : (found.Id, found.Stage, found.Name);
    }

    /// <summary>Plan and actual of some quarters, of the whole list; an account counts once in a quarter for each stage it entered or passed.</summary>
    public async Task<IReadOnlyList<GoalLine>?> Goals(Viewer viewer, Guid id, IReadOnlyList<Quarter> quarters, CancellationToken ct = default)
    {
        var calendar = (await settings.Get(ct)).Calendar;
        await using var db = store.Open();
        if (!await viewer.NamedLists(db).AnyAsync(l => l.Id == id, ct))
        {
            return null;
        }

        var numbers = quarters.Select(q => q.Number).ToArray();
        var goals = await db.Set<NamedGoal>().AsNoTracking().Where(g => g.ListId == id && numbers.Contains(g.Quarter)).ToListAsync(ct);
        List<GoalLine> lines = [];
        foreach (var quarter in quarters)
        {
            var (from, until) = (calendar.StartOf(quarter.From), calendar.StartOf(quarter.Until));
            var steps = await db.Set<NamedStageChange>().Where(c => c.ListId == id && c.At >= from && c.At < until && c.After > c.Before)
                .Select(c => new { c.NamedAccountId, c.Before, c.After }).Distinct().ToListAsync(ct);
            lines.AddRange(NamedAccounts.Stages.Where(s => s != NamedAccountStage.Stranger).Select(s => new GoalLine(
                quarter, s, goals.Find(g => g.Quarter == quarter.Number && g.Stage == s)?.Goal,
                steps.Where(c => c.Before < s && c.After >= s).Select(c => c.NamedAccountId).Distinct().Count())));
        }

        return lines;
    }

    /// <summary>The quarter in which the organisation is.</summary>
    public async Task<Quarter> Now(CancellationToken ct = default) => Quarter.Of((await settings.Get(ct)).Calendar.DateOf(time.Now));

    /// <summary>The viewer's own touches that are due by the days in which they are reminded, or overdue, the earliest first.</summary>
    public async Task<IReadOnlyList<DueTouch>> Due(Viewer viewer, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var (me, until) = (viewer.UserId, setting.Calendar.DateOf(time.Now).AddDays(setting.NamedAccounts.RemindDays));
        await using var db = store.Open();
        return await (from t in db.Set<NamedTouch>().AsNoTracking()
                      join n in viewer.NamedAccounts(db) on t.NamedAccountId equals n.Id
                      join a in db.Set<Account>() on n.AccountId equals a.Id
                      where t.OwnerId == me && t.DoneOn == null && t.CancelledAt == null && t.PlannedOn <= until
                      orderby t.PlannedOn, t.Id
                      select new DueTouch(t, a.Id, a.Name)).Take(MostDue).ToListAsync(ct);
    }
}
