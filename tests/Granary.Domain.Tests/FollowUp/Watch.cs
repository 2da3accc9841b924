using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Tests.Scoring;

namespace Granary.Domain.Tests.FollowUp;

/// <summary>One owned lead under some rules, looked at whenever a test says so; what was due is written down.</summary>
internal sealed class Watch(params SlaRule[] rules)
{
    public static readonly WorkingCalendar Calendar = WorkingCalendar.Mainland();

    private readonly Dictionary<string, DeadlineMark> _done = [];

    public DeadlineFacts Facts { get; set; } = Owned(At(2026, 11, 2, 10, 0));

    public DateTimeOffset Since { get; init; } = DateTimeOffset.MinValue;

    /// <summary>What was done, as <c>rule percent</c>, and when it was due.</summary>
    public List<(string What, DateTimeOffset DueAt)> Log { get; } = [];

    public bool Taken { get; private set; }

    public IEnumerable<string> Done => Log.Select(l => l.What);

    public static DateTimeOffset At(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.FromHours(8));

    public static DeadlineFacts Owned(DateTimeOffset from, params string[] roles) => new()
    {
        Lead = Leads.Facts(),
        Owner = new Representative { Id = Guid.NewGuid(), Name = "张", Roles = roles.Length == 0 ? [BuiltInRoles.SalesRepresentative] : roles },
        From = from,
    };

    public static SlaRule Rule(string id, int minutes) => new() { Id = id, Name = id, Minutes = minutes };

    public static SlaRule BuiltIn(string id) => SlaPolicy.BuiltIn.Rules.Single(r => r.Id == id);

    /// <summary>Looks, and does what is due.</summary>
    public DeadlineLook Look(DateTimeOffset now)
    {
        var look = Deadlines.Look(new SlaPolicy { Rules = rules }, Since, Facts, _done, Calendar, now);
        foreach (var action in Taken ? [] : look.Due)
        {
            _done[action.Moment.Rule.Id] = new DeadlineMark(action.Moment.StartedAt, action.Moment.Percent);
            Log.Add(($"{action.Moment.Rule.Id} {action.Moment.Percent}", action.Moment.DueAt));
            Taken |= action.Takes;
        }

        return look;
    }

    /// <summary>Looks whenever it was told to look next, until an instant.</summary>
    public void Run(DateTimeOffset from, DateTimeOffset until)
    {
        for (DateTimeOffset? next = from; next <= until && !Taken;)
        {
            next = Look(next.Value).NextAt;
        }
    }
}
