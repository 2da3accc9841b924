using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Intake;
using Granary.Application.Intake.Import;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Application.Tests.Intake.Import;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Year;

/// <summary>A year of an organisation, lived through the product under a simulated clock: leads come in, people work, the product does what is due.</summary>
internal sealed class SimulatedYear : IAsyncDisposable
{
    private readonly YearPlan _plan;
    private readonly Random _random;
    private readonly FakeClock _clock;
    private readonly YearLeads _leads;
    private readonly YearStaff _staff;
    private readonly YearRules _rules;
    private readonly List<Guid> _register = [];

    private SimulatedYear(Shop shop, FakeClock clock, YearPlan plan)
    {
        (Shop, _clock, _plan, _random) = (shop, clock, plan, new Random(plan.Seed));
        Background = new YearBackground(shop, clock);
        _leads = new YearLeads(_random);
        _staff = new YearStaff(shop, clock, plan, _random);
        _rules = new YearRules(shop, clock, _staff, plan);
        Acts = new YearActs(shop, clock, _staff, _random);
    }

    public Shop Shop { get; }

    public YearBackground Background { get; }

    public YearActs Acts { get; }

    /// <summary>What became of the imports that were taken back.</summary>
    public List<RevertResult> Reverted { get; } = [];

    /// <summary>Opens an organisation on the first day of the year.</summary>
    public static async Task<SimulatedYear> Open(DatabaseKind kind, YearPlan plan)
    {
        var clock = new FakeClock(new DateTimeOffset(YearPlan.First, new TimeOnly(8, 0), TimeSpan.FromHours(8)));
        var year = new SimulatedYear(await Shop.Open(kind, clock), clock, plan);
        await year.Shop.Store.PrepareEventMonths(clock.GetUtcNow(), clock.GetUtcNow(), Shop.Ct);
        await year._staff.Open();
        await year._rules.Open();
        for (var i = 0; i < 12; i++)
        {
            year._leads.Known.Add(await year._staff.Account($"北京老客户{"甲乙丙丁戊己庚辛壬癸子丑"[i]}石科技有限公司"));
        }

        return year;
    }

    /// <summary>Lives it to its last evening.</summary>
    public async Task Live()
    {
        var calendar = (await Shop.Settings.Latest(Shop.Ct)).Calendar;
        var moments = Days().SelectMany(day => _plan.Moments(calendar.IsWorkingDay(day)).Select(at => (Day: day, At: calendar.StartOf(day) + at, Working: calendar.IsWorkingDay(day)))).ToList();
        var worked = moments.Count(m => m.Working);
        var (today, came, acted, atWork) = (0, 0, 0, 0);
        foreach (var (number, (day, at, working)) in moments.Index())
        {
            _clock.MoveTo(at > _clock.GetUtcNow() ? at : _clock.GetUtcNow());
            if (day.DayOfYear != today)
            {
                today = day.DayOfYear;
                await Background.Timed("settings", () => Special(today));
            }

            var until = (int)((long)_plan.Leads * (number + 1) / moments.Count);
            await Background.Timed("intake", () => TakeIn(until - came));
            came = until;
            if (working)
            {
                var acts = (int)((long)_plan.Acts * ++atWork / worked);
                await Background.Timed("people", () => Act(acts - acted));
                acted = acts;
            }

            await Background.Work();
        }

        await Background.Timed("follow", Background.CatchUp);
    }

    public async ValueTask DisposeAsync()
    {
        await Background.DisposeAsync();
        await Shop.DisposeAsync();
    }

    private static IEnumerable<DateOnly> Days()
    {
        for (var day = YearPlan.First; day <= YearPlan.Last; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private async Task TakeIn(int count)
    {
        if (count == 0)
        {
            return;
        }

        var requests = Enumerable.Range(0, count).Select(_ => _leads.Next(_clock.GetUtcNow(), _staff.Sellers)).ToList();
        IntakeResult[] results = [await Shop.Intake.Submit(requests[0], Shop.Ct), .. await Shop.Intake.SubmitMany([.. requests.Skip(1)], Shop.Ct)];
        foreach (var result in results)
        {
            var landing = Assert.IsType<IntakeResult.Landed>(result).Landing;
            if (landing.Outcome != LandingOutcome.Refreshed)
            {
                _register.Add(landing.LeadId);
            }
        }
    }

    // Half of the work is done by owners on what they have, the other half on any lead, mostly on one that came lately.
    private async Task Act(int count)
    {
        var owned = await Shop.Read(db => db.Set<Lead>().Where(l => l.OwnerId != null && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working))
            .OrderBy(l => l.RecordedAt).ThenBy(l => l.Id).Select(l => l.Id).ToListAsync(Shop.Ct));
        var lately = Math.Min(_register.Count, Math.Max(20, _plan.Leads / 20));
        Guid[] ids =
        [
            .. Enumerable.Range(0, count).Select(i => i % 2 == 0 && owned.Count > 0 ? owned[_random.Next(owned.Count)]
                : _random.Next(10) < 6 ? _register[^_random.Next(1, lately + 1)] : _register[_random.Next(_register.Count)]).Distinct(),
        ];
        await Acts.Each(ids);
        await Acts.Check(Math.Max(1, count / 8));
        await Acts.Decide(Math.Max(1, count / 8));
    }

    private async Task Special(int dayOfYear)
    {
        await _rules.Edit(dayOfYear);
        var people = _staff.Sellers;
        switch (dayOfYear)
        {
            case 20 or 200:
                await Import(_leads.File(_plan.Rows, consumers: false), new ImportPlan(Imports.Usual));
                break;
            case 75:
                await Import(_leads.File(_plan.Rows, consumers: false), new ImportPlan(Imports.Usual, ImportMode.Upsert, "contact.phones"));
                break;
            case 130 or 260:
                // Consumers that are there already are refreshed and placed, and all of it is taken back before anybody has looked.
                var mapping = Imports.Mapping("""
                    { "columns": { "编号": "externalId", "公司": "company.name", "姓名": "contact.name", "电话": "contact.phones", "需求": "requirement" },
                      "constants": { "channel": "广告/抖音广告" } }
                    """);
                await Revert(await Import(_leads.File(_plan.Rows, consumers: true), new ImportPlan(mapping)));
                break;
            case 30 or 95 or 190 or 265 or 330:
                var to = people[_random.Next(1, people.Count)];
                await _staff.Leave(people[0], (dayOfYear % 3) switch { 0 => new Successor(Pool: "active"), 1 => new Successor(ByRule: true), _ => new Successor(To: await Roomy(to)) });
                break;
            case 160:
                await _staff.Leave(_staff.Cleaners[0], new Successor(ByRule: true));
                break;
            case 220:
                await _staff.Leave(_staff.Director, new Successor(To: await _staff.SecondDirector()));
                break;
            case 50 or 145 or 250:
                await _staff.Change(people[1], input => input with { Status = PersonStatus.Away });
                break;
            case 57 or 155 or 258:
                await _staff.Change(people[1], input => input with { Status = PersonStatus.Active });
                break;
            case 80 or 180:
                var from = YearPlan.First.AddDays(dayOfYear);
                await _staff.Change(people[2], input => input with { Profile = input.Profile with { Leave = [new(from, from.AddDays(6))] } });
                break;
            case 150 or 280:
                _leads.Known.Add(await _staff.Account($"深圳新客户{dayOfYear}科技有限公司"));
                break;
        }
    }

    // Whoever takes over everything must be allowed to hold it.
    private async Task<Guid> Roomy(Guid who)
    {
        await _staff.Change(who, input => input with { Profile = input.Profile with { HoldingCap = 1_000 } });
        return who;
    }

    private async Task<Guid> Import(string file, ImportPlan plan)
    {
        var import = await new Imports(Shop).Import(file, plan);
        _register.AddRange(await Shop.Read(db =>
            db.Set<Lead>().Where(l => l.ImportId == import.Id).OrderBy(l => l.ExternalId).Select(l => l.Id).ToListAsync(Shop.Ct)));
        return import.Id;
    }

    private async Task Revert(Guid import) => Reverted.Add(await new Imports(Shop).Reverting.Revert(import, _staff.Leads, Shop.Ct));
}
