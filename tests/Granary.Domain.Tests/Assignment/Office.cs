using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.Tests.Assignment;

/// <summary>An office in Shanghai with a policy, people and a board; leads come in and are decided.</summary>
internal sealed class Office
{
    public static readonly WorkingCalendar Calendar = WorkingCalendar.Mainland();

    /// <summary>Monday morning, 10:00.</summary>
    public static readonly DateTimeOffset Morning = At(2026, 11, 2, 10, 0);

    public Office(AssignmentRule rule, params Representative[] people)
        : this(new AssignmentPolicy { Rules = [rule] }, people)
    {
    }

    public Office(AssignmentPolicy policy, params Representative[] people)
    {
        Assert.Empty(policy.Validate());
        (Policy, Roster) = (policy, new Roster(people));
    }

    public AssignmentPolicy Policy { get; init; }

    public Roster Roster { get; init; }

    public AssignmentBoard Board { get; set; } = new();

    public DateTimeOffset Now { get; set; } = Morning;

    public static Representative Zhang { get; } = Person(1, "张");

    public static Representative Li { get; } = Person(2, "李");

    public static Representative Wang { get; } = Person(3, "王");

    public static AssignmentTarget Everybody { get; } = AssignmentTarget.OfRole(BuiltInRoles.SalesRepresentative);

    public static AssignmentCase Lead { get; } = new() { Facts = new LeadFacts { OfferAmount = 100_000m } };

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static Representative Person(int number, string? name = null) =>
        new() { Id = Id(number), Name = name ?? $"P{number}", Roles = [BuiltInRoles.SalesRepresentative] };

    public static AssignmentRule Rule(AssignmentMethod method, AssignmentTarget? target = null) =>
        new() { Id = "rule", Name = "规则", Method = method, Target = target ?? Everybody };

    public static AssignmentCase From(string? region) => Lead with
    {
        Facts = Lead.Facts with { Region = Regions.TryFind(region, out var found) ? found : null },
    };

    public static AssignmentCase Scored(CompanySize size, BuyingRole role, BudgetMatch match, int webinars = 2)
    {
        var facts = Lead.Facts with { Company = new CompanyDetails { Size = size }, ContactRole = role, Budget = new Budget(null, null, match) };
        return Lead with { Facts = facts with { Score = Scorer.Score(ScoreModel.BuiltIn, facts, [new(TouchKind.WebinarAttended, webinars)], Morning) } };
    }

    public static DateTimeOffset At(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, TimeSpan.FromHours(8));

    public static Condition When(string field, string value) => new(field, Comparison.AnyOf, [value]);

    public AssignmentDecision Decide(AssignmentCase? lead = null) => Assigner.Decide(Policy, lead ?? Lead, Roster, Board, Now, Calendar);

    /// <summary>Names of the owners of leads that come in one after another; the pool's key where there is none.</summary>
    public string Names(int leads, AssignmentCase? lead = null) =>
        string.Concat(Enumerable.Range(0, leads).Select(_ => Decide(lead)).Select(decision => NameOf(decision.OwnerId) ?? decision.PoolKey));

    public string? NameOf(Guid? user) => user is { } id ? Roster.Find(id)?.Name : null;

    public Ineligible VerdictOn(Representative person, AssignmentCase? lead = null) =>
        Assert.Single(Decide(lead).Candidates, verdict => verdict.UserId == person.Id).Ineligible;
}
