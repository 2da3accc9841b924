using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>
/// Lets the demo's people live with their leads: they follow up sooner or later, claim, give back, ask, and miss deadlines, through
/// the same use cases as anybody, at the moments of the simulated clock. Each moment begins with what was due.
/// </summary>
internal sealed class DemoLife
{
    private readonly Store _store;
    private readonly SettingCache _settings;
    private readonly DemoClock _clock;
    private readonly Random _random;
    private readonly DeadlineConsumer _consumer;
    private readonly SweepDeadlines _sweep;
    private readonly LeadVerb _verb;
    private readonly RemindDeciders _remind;
    private readonly NoteViolation _notes;
    private readonly Dictionary<Guid, DemoPlan> _plans = [];
    private readonly List<(DateTimeOffset At, Guid Violation, Guid Owner, bool Excused)> _words = [];
    private long _read;

    public DemoLife(Store store, SettingCache settings, DemoClock clock, Random random)
    {
        (_store, _settings, _clock, _random) = (store, settings, clock, random);
        _consumer = new DeadlineConsumer(store, settings, new EventLog(store), clock);
        _sweep = new SweepDeadlines(store, settings, clock);
        _verb = new LeadVerb(store, settings, clock);
        _remind = new RemindDeciders(_verb, store, clock);
        _notes = new NoteViolation(store, settings, clock);
    }

    /// <summary>Lives through the present moment of the clock.</summary>
    /// <param name="atWork">Whether people are at work.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task Live(bool atWork, CancellationToken ct)
    {
        await _consumer.Run(ct);
        await _sweep.Sweep(ct);
        await _remind.Sweep(ct);
        await Hear(underRules: true, ct);
        if (!atWork)
        {
            return;
        }

        var setting = await _settings.Get(ct);
        await DoWhatIsTime(setting, ct);
        await Speak(setting, ct);
    }

    /// <summary>
    /// Lives through a day before there were rules of time: whoever has got something gives it back or closes it in the course of
    /// days, so that nobody is buried under what they hold.
    /// </summary>
    public async Task Tidy(CancellationToken ct)
    {
        await Hear(underRules: false, ct);
        await DoWhatIsTime(await _settings.Get(ct), ct);
        await Decide(ct);
    }

    /// <summary>A few representatives take something from a public pool, and what was asked is decided.</summary>
    public async Task ClaimAndDecide(CancellationToken ct)
    {
        await Claim(ct);
        await Decide(ct);
    }

    private async Task Claim(CancellationToken ct)
    {
        var setting = await _settings.Get(ct);
        var claim = new ClaimLead(_verb);
        foreach (var seller in _random.GetItems(Sellers(setting).ToArray(), 2))
        {
            var pool = setting.Pools.Find(_random.Next(4) == 0 ? PoolKeys.Active : PoolKeys.Nurture)!.Id;
            await using var db = _store.Open();
            var lead = await db.Set<Lead>().Where(l => l.PoolId == pool && l.Status == LeadStatus.Unassigned).OrderByDescending(l => l.ReceivedAt).Skip(_random.Next(30)).Select(l => l.Id).FirstOrDefaultAsync(ct);
            if (lead != default)
            {
                await claim.Claim(setting.ViewerOf(seller.Id)!, lead, ct: ct);
            }
        }
    }

    private async Task Decide(CancellationToken ct)
    {
        var setting = await _settings.Get(ct);
        var boss = setting.ViewerOf(setting.People.Values.First(p => p.Roles.Contains(BuiltInRoles.LeadAdministrator)).Id)!;
        foreach (var line in (await new LeadRequests(_store).OpenRequests(boss, take: 100, ct: ct)).Where(l => l.Request.AskedAt < _clock.Now.AddHours(-20)))
        {
            var to = _random.GetItems(Sellers(setting).Where(p => p.Id != line.Lead.OwnerId).ToArray(), 1)[0].Id;
            await new DecideRequest(_verb).Decide(boss, line.Request.Id, _random.Next(4) == 0 ? new RequestVerdict(false, "先继续跟进，一周后再看") : new RequestVerdict(true, null, to), ct);
        }
    }

    private static IEnumerable<Person> Sellers(Setting setting) =>
        setting.People.Values.Where(p => p.Roles.Contains(BuiltInRoles.SalesRepresentative)).OrderBy(p => p.Id, IdOrder.Instance);

    private async Task DoWhatIsTime(Setting setting, CancellationToken ct)
    {
        foreach (var plan in _plans.Values.Where(p => p.At <= _clock.Now).OrderBy(p => p.At).ThenBy(p => p.LeadId, IdOrder.Instance).ToList())
        {
            await Do(setting, plan, ct);
        }
    }

    // Everything since the last moment: who got what makes a plan, who lost it drops theirs.
    private async Task Hear(bool underRules, CancellationToken ct)
    {
        await using var db = _store.Open();
        for (var more = true; more;)
        {
            var events = await EventLog.Read(db, _read, long.MaxValue, 1_000, ct);
            foreach (var told in events)
            {
                _read = told.Position;
                switch (told.Kind)
                {
                    case LeadEvent.Assigned or LeadEvent.Transferred:
                        Plan(told.SubjectId, Json.Read<AssignedData>(told.Data).OwnerId, told.At, underRules);
                        break;
                    case LeadEvent.Claimed:
                        Plan(told.SubjectId, told.ActorId!.Value, told.At, underRules);
                        break;
                    case LeadEvent.Converted or LeadEvent.Returned or LeadEvent.Recycled or LeadEvent.Withdrawn or LeadEvent.Invalidated or LeadEvent.Voided:
                        _plans.Remove(told.SubjectId);
                        break;
                    case LeadEvent.Violated when Json.Read<DeadlineData>(told.Data) is { ViolationId: { } violation } missed && _random.Next(5) == 0:
                        _words.Add((_clock.Now.AddHours(_random.Next(2, 30)), violation, missed.OwnerId, _random.Next(3) == 0));
                        break;
                    default:
                        break;
                }
            }

            more = events.Count == 1_000;
        }
    }

    // Everybody has their way: most are quick, one in six is not, and a few leads are forgotten by anybody.
    private void Plan(Guid lead, Guid owner, DateTimeOffset since, bool underRules)
    {
        if (!underRules)
        {
            _plans[lead] = new DemoPlan(lead, owner, since.AddDays(_random.Next(1, 6)), _random.Next(4) == 0 ? 1 : 0, _random.Next(4) > 0 ? DemoEnd.Returned : DemoEnd.Invalid);
            return;
        }

        var slow = owner.ToByteArray()[15] % 6 == 0;
        var first = _random.Next(100) switch
        {
            < 3 => TimeSpan.FromDays(30),
            var n when n < (slow ? 65 : 92) => TimeSpan.FromMinutes(_random.Next(10, 90)),
            var n when n < (slow ? 85 : 97) => TimeSpan.FromHours(_random.Next(3, 22)),
            _ => TimeSpan.FromHours(_random.Next(30, 90)),
        };
        var end = _random.Next(100) switch { < 22 => DemoEnd.Returned, < 34 => DemoEnd.Invalid, < 37 => DemoEnd.Adjusted, _ => DemoEnd.Kept };
        _plans[lead] = new DemoPlan(lead, owner, since + first, end == DemoEnd.Kept ? _random.Next(5, 12) : _random.Next(1, 4), end);
    }

    private async Task Do(Setting setting, DemoPlan plan, CancellationToken ct)
    {
        var viewer = setting.ViewerOf(plan.OwnerId)!;
        if (plan.FollowUps > 0)
        {
            var next = Soon(setting.Calendar);
            var (method, content, feedback, step) = DemoWords.FollowUps[_random.Next(DemoWords.FollowUps.Count)];
            await new LogFollowUp(_verb).Log(viewer, plan.LeadId, new FollowUpInput { Method = method, Content = content, Feedback = feedback, NextStep = step, NextAt = next }, ct);
            _plans[plan.LeadId] = plan with { FollowUps = plan.FollowUps - 1, At = next };
            return;
        }

        _plans.Remove(plan.LeadId);
        switch (plan.End)
        {
            case DemoEnd.Returned:
                await new ReturnLead(_verb).Return(viewer, plan.LeadId, DemoWords.Returns[_random.Next(DemoWords.Returns.Count)], ct: ct);
                break;
            case DemoEnd.Invalid:
                var (reason, note) = DemoWords.Invalid[_random.Next(DemoWords.Invalid.Count)];
                await new InvalidateLead(_verb).Invalidate(viewer, plan.LeadId, reason, note, ct: ct);
                break;
            case DemoEnd.Adjusted:
                await new RequestAdjustment(_verb).Ask(viewer, plan.LeadId, DemoWords.Adjustments[_random.Next(DemoWords.Adjustments.Count)], null, ct: ct);
                break;
            default:
                break;
        }
    }

    // On a working day, at an hour at which people call.
    private DateTimeOffset Soon(WorkingCalendar calendar)
    {
        var day = calendar.DateOf(_clock.Now).AddDays(_random.Next(1, 3));
        while (!calendar.IsWorkingDay(day))
        {
            day = day.AddDays(1);
        }

        return calendar.StartOf(day).AddMinutes(570 + (_random.Next(45) * 10));
    }

    private async Task Speak(Setting setting, CancellationToken ct)
    {
        var boss = setting.ViewerOf(setting.People.Values.First(p => p.Roles.Contains(BuiltInRoles.SalesDirector)).Id)!;
        foreach (var word in _words.Where(w => w.At <= _clock.Now).ToList())
        {
            _words.Remove(word);
            await _notes.Explain(setting.ViewerOf(word.Owner)!, word.Violation, DemoWords.Explanations[_random.Next(DemoWords.Explanations.Count)], ct);
            if (word.Excused)
            {
                await _notes.Excuse(boss, word.Violation, DemoWords.Excuses[_random.Next(DemoWords.Excuses.Count)], ct);
            }
        }
    }
}
