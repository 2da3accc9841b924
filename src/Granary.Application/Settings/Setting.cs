using System.Collections.Concurrent;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Campaigns;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.FollowUp;
using Granary.Domain.Matching;
using Granary.Domain.Opportunities;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Granary.Domain.Qualification;
using Granary.Domain.Review;
using Granary.Domain.Scoring;

namespace Granary.Application.Settings;

/// <summary>
/// The organisation's setting at one revision: who works here, which policies are in force, which channels and pools
/// there are. Immutable, so that a batch, a request or a page sees one state from start to end.
/// </summary>
public sealed record Setting
{
    // Every request asks; a setting never changes, so neither do the answers.
    private readonly ConcurrentDictionary<Guid, Viewer?> _viewers = new();

    /// <summary>The revision it was loaded at.</summary>
    public required long Revision { get; init; }

    /// <summary>The organisation.</summary>
    public required Organisation Organisation { get; init; }

    /// <summary>Working days and organisation time.</summary>
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>Everybody by id.</summary>
    public required IReadOnlyDictionary<Guid, Person> People { get; init; }

    /// <summary>The roles by key.</summary>
    public required IReadOnlyDictionary<string, RoleCard> Roles { get; init; }

    /// <summary>Departments by id.</summary>
    public required IReadOnlyDictionary<Guid, Department> Departments { get; init; }

    /// <summary>Those who can be assigned leads.</summary>
    public required Roster Roster { get; init; }

    /// <summary>Channels.</summary>
    public required ChannelIndex Channels { get; init; }

    /// <summary>Pools.</summary>
    public required PoolIndex Pools { get; init; }

    /// <summary>Required fields and late entry.</summary>
    public required CapturePolicy Capture { get; init; }

    /// <summary>Fields that an administrator added.</summary>
    public CustomFieldsPolicy Fields
    {
        get;
        init => (field, LeadFields) = (value, value.Facts(CustomFieldOwner.Lead));
    } = CustomFieldsPolicy.BuiltIn;

    /// <summary>Those of leads as rules see them, by key.</summary>
    public IReadOnlyDictionary<string, FactField> LeadFields { get; private init; } = new Dictionary<string, FactField>();

    /// <summary>Cleansing with the policy and lists in force.</summary>
    public required Cleanser Cleanser { get; init; }

    /// <summary>Duplicate policies.</summary>
    public required DuplicatePolicies Duplicates { get; init; }

    /// <summary>Other names of companies.</summary>
    public required CompanyAliases Aliases { get; init; }

    /// <summary>Score model.</summary>
    public required ScoreModel Scoring { get; init; }

    /// <summary>Assignment policy.</summary>
    public required AssignmentPolicy Assignment { get; init; }

    /// <summary>Pools, protection and flow.</summary>
    public required PoolPolicy PoolRules { get; init; }

    /// <summary>Follow-up and deadlines.</summary>
    public required SlaPolicy Sla { get; init; }

    /// <summary>How contact data is masked, and how often it may be looked at.</summary>
    public required MaskingPolicy Masking { get; init; }

    /// <summary>Purposes, requests of persons and retention.</summary>
    public required PrivacyPolicy Privacy { get; init; }

    /// <summary>Qualification, conversion and accounts.</summary>
    public required QualificationPolicy Qualification { get; init; }

    /// <summary>Named accounts.</summary>
    public NamedAccountPolicy NamedAccounts { get; init; } = NamedAccountPolicy.BuiltIn;

    /// <summary>Which leads are reviewed, by whom and how.</summary>
    public ReviewPolicy Reviews { get; init; } = ReviewPolicy.BuiltIn;

    /// <summary>Stages, forecast, contracts and times of opportunities.</summary>
    public OpportunityPolicy Opportunities { get; init; } = OpportunityPolicy.BuiltIn;

    /// <summary>Tracked links and touches that pages report.</summary>
    public TrackingPolicy Tracking { get; init; } = TrackingPolicy.BuiltIn;

    /// <summary>Types, checklist, costs and split of campaigns.</summary>
    public CampaignPolicy Campaigns { get; init; } = CampaignPolicy.BuiltIn;

    /// <summary>Exports.</summary>
    public ExportPolicy Exports { get; init; } = ExportPolicy.BuiltIn;

    /// <summary>Whether an owner's change of a key field counts as a follow-up.</summary>
    public bool KeyFieldsCount => Sla.CountsAs(keyField: true);

    /// <summary>By when what is asked at an instant is decided (§8).</summary>
    public DateTimeOffset DecisionDueAt(DateTimeOffset asked) => Sla.Decisions.DueAt(asked, Calendar);

    /// <summary>When those who decide are told of it next; null when nothing is left to tell.</summary>
    public DateTimeOffset? DecisionToldAt(DateTimeOffset asked, DateTimeOffset due, DateTimeOffset after) => Sla.Decisions.ToldAt(asked, due, after, Calendar);

    /// <summary>The confidentiality undertaking in force; null where none was published.</summary>
    public Undertaking? Undertaking { get; init; }

    /// <summary>Who confirmed the undertaking in force.</summary>
    public IReadOnlySet<Guid> Undertaken { get; init; } = new HashSet<Guid>();

    /// <summary>Whether somebody has yet to confirm the undertaking in force: until then they see nothing (§18).</summary>
    public bool Owes(Guid userId) => Undertaking is not null && !Undertaken.Contains(userId);

    /// <summary>Versions of the policies in force, by kind.</summary>
    public required IReadOnlyDictionary<string, int> Versions { get; init; }

    /// <summary>When the policies in force were published, by kind.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Published { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Since when a policy is in force; always, where nothing is known.</summary>
    public DateTimeOffset InForceSince(PolicyKind kind) => Published.GetValueOrDefault(kind.Name);

    /// <summary>The versions as stored JSON: every explanation carries them.</summary>
    internal string VersionsWritten => field ??= Json.Write(Versions);

    /// <summary>Those who have an authenticator app.</summary>
    public IReadOnlySet<Guid> SecondFactored { get; init; } = new HashSet<Guid>();

    /// <summary>Keys of the roles whose people need a second factor.</summary>
    public IReadOnlySet<string> SecondFactorRoles { get; init; } = new HashSet<string>();

    /// <summary>Whether a role of somebody needs a second factor that they do not have yet.</summary>
    public bool MustEnrol(Guid userId) =>
        SecondFactorRoles.Count > 0 && !SecondFactored.Contains(userId) && People.TryGetValue(userId, out var person) && person.Roles.Any(SecondFactorRoles.Contains);

    /// <summary>A user's rights; null for somebody who may not act: unknown, departed, or without a role.</summary>
    public Viewer? ViewerOf(Guid userId) => _viewers.GetOrAdd(userId, MakeViewer);

    private Viewer? MakeViewer(Guid userId)
    {
        if (!People.TryGetValue(userId, out var person) || person.Status == PersonStatus.Departed || person.Grants.Count == 0)
        {
            return null;
        }

        var tree = person.DepartmentId is { } top ? Subtree(top) : [];
        return new Viewer
        {
            UserId = userId,
            Name = person.Name,
            Grants = person.Grants,
            Team = [.. People.Values.Where(p => p.DepartmentId is not null && p.DepartmentId == person.DepartmentId).Select(p => p.Id)],
            Tree = [.. People.Values.Where(p => p.DepartmentId is { } d && tree.Contains(d)).Select(p => p.Id)],
            Pools = Pools.Of(userId),
            Managed = Pools.ManagedBy(userId),
        };
    }

    /// <summary>What assignment goes by for somebody; null for who gets no leads.</summary>
    public Representative? ProfileOf(Guid userId) => Roster.Find(userId);

    /// <summary>Whether somebody is here on a day: who is on leave is away, whatever else is said of them.</summary>
    public PersonStatus StatusOn(Guid userId, DateOnly day) => People[userId].Status is var status && status == PersonStatus.Active
        && ProfileOf(userId)?.Leave.Any(l => l.From <= day && day <= l.To) == true ? PersonStatus.Away : status;

    /// <summary>Whether somebody can be given a lead: only who is known and active.</summary>
    public bool CanOwn(Guid? userId) => userId is { } id && People.TryGetValue(id, out var person) && person.Status == PersonStatus.Active;

    /// <summary>A department and all below it.</summary>
    public HashSet<Guid> Subtree(Guid top)
    {
        HashSet<Guid> tree = [top];
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var below in Departments.Values.Where(d => d.ParentId is { } above && tree.Contains(above)))
            {
                grew |= tree.Add(below.Id);
            }
        }

        return tree;
    }
}

/// <summary>A user as the rest of the product sees them.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Email">Sign-in name.</param>
/// <param name="DepartmentId">Department.</param>
/// <param name="Status">Status.</param>
/// <param name="Roles">Role keys.</param>
/// <param name="Grants">Permission → scope over all roles.</param>
public sealed record Person(
    Guid Id, string Name, string Email, Guid? DepartmentId, PersonStatus Status, IReadOnlyList<string> Roles, IReadOnlyDictionary<Permission, DataScope> Grants);
