using System.Globalization;
using Granary.Application.Ownership;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;

namespace Granary.Web.Desk;

/// <summary>A reactivation as its editor posts it. Binding sets a list that nothing was posted for to null.</summary>
public sealed class ReactivationForm
{
    private static readonly char[] Commas = [',', '，', '、', ';', '；', '\n'];

    public string? Name { get; set; }

    public bool Open { get; set; }

    public List<string> Pools { get; set => field = value ?? []; } = [];

    public string? Industries { get; set; }

    public string? Regions { get; set; }

    public string? Products { get; set; }

    public string? Tags { get; set; }

    /// <summary><c>any</c>, <c>yes</c> or <c>no</c>.</summary>
    public string? PastOrders { get; set; }

    public string? ScoreAtLeast { get; set; }

    public string? ScoreChanged { get; set; }

    public List<string> Touches { get; set => field = value ?? []; } = [];

    public string? Touched { get; set; }

    public string? IdleDays { get; set; }

    public string? OwnedAtLeast { get; set; }

    public string? OwnedAtMost { get; set; }

    public string? RestDays { get; set; }

    /// <summary>Kind of recipient: <c>rules</c>, <c>team</c>, <c>users</c> or <c>pool</c>.</summary>
    public string? To { get; set; } = "rules";

    public string? Department { get; set; }

    public string? Role { get; set; }

    public List<Guid> Users { get; set => field = value ?? []; } = [];

    public string? Pool { get; set; }

    public bool MatchRegion { get; set; }

    public string? PerRun { get; set; }

    public string? PerRecipient { get; set; }

    public string? Every { get; set; }

    public List<string> Weekdays { get; set => field = value ?? []; } = [];

    public string? Day { get; set; }

    public string? At { get; set; }

    public bool WorkingDaysOnly { get; set; }

    public string? Campaign { get; set; }

    public string? Script { get; set; }

    /// <summary>The button that posted: <c>preview</c>, or nothing to save.</summary>
    public string? Do { get; set; }

    /// <summary>The form of a reactivation.</summary>
    public static ReactivationForm Of(string name, ReactivationPlan plan, bool open)
    {
        var (select, push, schedule) = (plan.Select, plan.Push, plan.Schedule);
        return new ReactivationForm
        {
            Name = name,
            Open = open,
            Pools = [.. select.Pools],
            Industries = Joined(select.Industries),
            Regions = Joined(select.Regions),
            Products = Joined(select.Products),
            Tags = Joined(select.Tags),
            PastOrders = select.PastOrders switch { true => "yes", false => "no", null => "any" },
            ScoreAtLeast = Text(select.ScoreAtLeast),
            ScoreChanged = Text(select.ScoreChangedWithinDays),
            Touches = [.. select.Touches.Select(WireName.Of)],
            Touched = Text(select.TouchedWithinDays),
            IdleDays = Text(select.IdleDays),
            OwnedAtLeast = Text(select.OwnershipsAtLeast),
            OwnedAtMost = Text(select.OwnershipsAtMost),
            RestDays = Text(select.RestDays),
            To = push.ByRules ? "rules" : push.Target.Pool is not null ? "pool" : push.Target.Users.Count > 0 ? "users" : "team",
            Department = push.Target.Department?.ToString(),
            Role = push.Target.Role,
            Users = [.. push.Target.Users],
            Pool = push.Target.Pool,
            MatchRegion = push.MatchRegion,
            PerRun = Text(push.PerRun),
            PerRecipient = Text(push.PerRecipient),
            Every = WireName.Of(schedule.Every),
            Weekdays = [.. schedule.Weekdays.Select(WireName.Of)],
            Day = Text(schedule.Day),
            At = schedule.At.ToString("HH\\:mm", CultureInfo.InvariantCulture),
            WorkingDaysOnly = schedule.WorkingDaysOnly,
            Campaign = plan.Campaign,
            Script = plan.Script,
        };
    }

    /// <summary>What the use case takes, and which words cannot be understood.</summary>
    public (ReactivationInput Input, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        var plan = new ReactivationPlan
        {
            Select = new()
            {
                Pools = Pools,
                Industries = Split(Industries),
                Regions = Split(Regions),
                Products = Split(Products),
                Tags = Split(Tags),
                PastOrders = PastOrders switch { "yes" => true, "no" => false, _ => null },
                ScoreAtLeast = Whole(ScoreAtLeast, "select.scoreAtLeast", errors),
                ScoreChangedWithinDays = Whole(ScoreChanged, "select.scoreChangedWithinDays", errors),
                Touches = Members<TouchKind>(Touches),
                TouchedWithinDays = Whole(Touched, "select.touchedWithinDays", errors),
                IdleDays = Whole(IdleDays, "select.idleDays", errors) ?? 0,
                OwnershipsAtLeast = Whole(OwnedAtLeast, "select.ownershipsAtLeast", errors),
                OwnershipsAtMost = Whole(OwnedAtMost, "select.ownershipsAtMost", errors),
                RestDays = Whole(RestDays, "select.restDays", errors) ?? 0,
            },
            Push = new()
            {
                ByRules = To == "rules",
                Target = Target(),
                MatchRegion = MatchRegion,
                PerRun = Whole(PerRun, "push.perRun", errors) ?? 0,
                PerRecipient = Whole(PerRecipient, "push.perRecipient", errors),
            },
            Schedule = new()
            {
                Every = Members<ReactivationRhythm>([Every ?? ""]).FirstOrDefault(),
                Weekdays = Members<DayOfWeek>(Weekdays),
                Day = Whole(Day, "schedule.day", errors) ?? 1,
                At = Time(errors),
                WorkingDaysOnly = WorkingDaysOnly,
            },
            Campaign = string.IsNullOrWhiteSpace(Campaign) ? null : Campaign.Trim(),
            Script = string.IsNullOrWhiteSpace(Script) ? null : Script.Trim(),
        };
        return (new ReactivationInput(Name ?? "", plan, Open), errors);
    }

    private AssignmentTarget Target() => To switch
    {
        "team" => new() { Department = Guid.TryParse(Department, out var id) ? id : null, Role = string.IsNullOrEmpty(Role) ? null : Role },
        "users" => new() { Users = Users },
        "pool" => new() { Pool = string.IsNullOrEmpty(Pool) ? null : Pool },
        _ => new(),
    };

    private TimeOnly Time(List<FieldError> errors)
    {
        if (TimeOnly.TryParse(At, CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        errors.Add(new FieldError("schedule.at", "malformed"));
        return default;
    }

    private static int? Whole(string? text, string path, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(new FieldError(path, "not_a_number"));
        return null;
    }

    private static T[] Members<T>(IEnumerable<string> names)
        where T : struct, Enum => [.. names.Where(WireName.All<T>().Contains).Select(name => Enum.Parse<T>(name, ignoreCase: true))];

    private static string[] Split(string? text) =>
        [.. (text ?? "").Split(Commas, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private static string Joined(IEnumerable<string> texts) => string.Join("、", texts);

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
