using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Matching;
using Granary.Application.Ownership;
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
using Granary.Domain.Privacy;
using Granary.Domain.Qualification;
using Granary.Domain.Review;
using Granary.Domain.Scoring;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>Loads the setting from the tables of every room.</summary>
internal static class SettingLoader
{
    public static async Task<Setting> Load(GranaryDb db, Vault vault, DateTimeOffset now, CancellationToken ct)
    {
        // The revision is read first: a change that comes in between is seen, and loaded again next time.
        var organisation = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        var policies = await Policies(db, ct);
        var departments = await db.Set<Department>().AsNoTracking().ToDictionaryAsync(d => d.Id, ct);
        var roles = await db.Roles.AsNoTracking().ToDictionaryAsync(r => r.Id, ct);
        var (people, representatives) = await People(db, roles, ct);
        var undertaking = await db.Set<Undertaking>().AsNoTracking().OrderByDescending(u => u.Version).FirstOrDefaultAsync(ct) is { WithdrawnAt: null } current ? current : null;
        var calendar = CalendarDays.Calendar(organisation, await db.Set<CalendarDay>().AsNoTracking().ToListAsync(ct));
        return new Setting
        {
            Revision = organisation.Revision,
            Organisation = organisation,
            Calendar = calendar,
            People = people,
            Roles = roles.Values.Select(RoleCard.Of).ToDictionary(r => r.Key, StringComparer.Ordinal),
            Departments = departments,
            SecondFactored = await db.Set<SecondFactor>().Where(f => f.ConfirmedAt != null).Select(f => f.UserId).ToHashSetAsync(ct),
            SecondFactorRoles = SaveSignInRules.Of(organisation).SecondFactorRoles.ToHashSet(StringComparer.Ordinal),
            Roster = new Roster(representatives, departments.ToDictionary(d => d.Key, d => d.Value.ParentId)),
            Channels = new ChannelIndex(await db.Set<Channel>().AsNoTracking().ToListAsync(ct)),
            Pools = new PoolIndex(await db.Set<Pool>().AsNoTracking().ToListAsync(ct), await db.Set<PoolMember>().AsNoTracking().ToListAsync(ct)),
            Capture = Body<CapturePolicy>(policies, PolicyKind.Capture),
            Fields = Body<CustomFieldsPolicy>(policies, PolicyKind.Fields),
            Cleanser = new Cleanser(Body<CleansingPolicy>(policies, PolicyKind.Cleansing), await Blacklist(db, vault, ct), await Words(db, ct), DisposableDomains.BuiltIn, calendar),
            Duplicates = Body<DuplicatePolicies>(policies, PolicyKind.Duplicates),
            Aliases = await Aliases(db, ct),
            Scoring = Body<ScoreModel>(policies, PolicyKind.Scoring),
            Assignment = Body<AssignmentPolicy>(policies, PolicyKind.Assignment),
            PoolRules = Body<PoolPolicy>(policies, PolicyKind.Pools),
            Sla = Body<SlaPolicy>(policies, PolicyKind.Sla),
            Tracking = Body<TrackingPolicy>(policies, PolicyKind.Tracking),
            Exports = Body<ExportPolicy>(policies, PolicyKind.Exports),
            Masking = Body<MaskingPolicy>(policies, PolicyKind.Masking),
            Undertaking = undertaking,
            Undertaken = undertaking is null ? new HashSet<Guid>()
                : await db.Set<UndertakingConfirmation>().Where(c => c.Version == undertaking.Version).Select(c => c.UserId).ToHashSetAsync(ct),
            Privacy = Body<PrivacyPolicy>(policies, PolicyKind.Privacy),
            Qualification = Body<QualificationPolicy>(policies, PolicyKind.Qualification),
            NamedAccounts = Body<NamedAccountPolicy>(policies, PolicyKind.NamedAccounts),
            Reviews = Body<ReviewPolicy>(policies, PolicyKind.Review),
            Opportunities = Body<OpportunityPolicy>(policies, PolicyKind.Opportunities),
            Campaigns = Body<CampaignPolicy>(policies, PolicyKind.Campaigns),
            Versions = policies.ToDictionary(p => p.Key, p => p.Value.Version),
            Published = policies.ToDictionary(p => p.Key, p => p.Value.PublishedAt!.Value),
        };
    }

    private static T Body<T>(Dictionary<string, PolicyVersion> policies, PolicyKind kind) => Json.Read<T>(policies[kind.Name].Body);

    private static async Task<Dictionary<string, PolicyVersion>> Policies(GranaryDb db, CancellationToken ct) =>
        (await db.Set<PolicyVersion>().AsNoTracking().Where(p => p.PublishedAt != null).ToListAsync(ct))
        .GroupBy(p => p.Kind).ToDictionary(g => g.Key, g => g.MaxBy(p => p.Version)!);

    private static async Task<(Dictionary<Guid, Person> People, List<Representative> Representatives)> People(GranaryDb db, Dictionary<Guid, Role> roles, CancellationToken ct)
    {
        var held = (await db.UserRoles.AsNoTracking().ToListAsync(ct)).ToLookup(r => r.UserId, r => roles[r.RoleId]);
        Dictionary<Guid, Person> people = [];
        List<Representative> representatives = [];
        foreach (var user in await db.Users.AsNoTracking().ToListAsync(ct))
        {
            var own = held[user.Id].ToList();
            var keys = own.ConvertAll(r => r.Name!);
            people[user.Id] = new Person(user.Id, user.Name, user.Email ?? "", user.DepartmentId, user.Status, keys, Grants(own));
            representatives.Add(Representative(user, keys));
        }

        return (people, representatives);
    }

    private static Dictionary<Permission, DataScope> Grants(List<Role> roles)
    {
        Dictionary<Permission, DataScope> grants = [];
        foreach (var (permission, scope) in roles.SelectMany(r => r.Granted))
        {
            grants[permission] = grants.GetValueOrDefault(permission) | scope;
        }

        return grants;
    }

    private static Representative Representative(User user, List<string> roles)
    {
        var profile = Json.Read<AssignmentProfile>(user.Profile);
        return new Representative
        {
            Id = user.Id,
            Name = user.Name,
            DepartmentId = user.DepartmentId,
            Roles = roles,
            Status = user.Status,
            Regions = profile.Regions,
            Industries = profile.Industries,
            Products = profile.Products,
            Sizes = profile.Sizes,
            Seniority = profile.Seniority,
            Weight = profile.Weight,
            DailyIntakeCap = profile.DailyIntakeCap,
            HoldingCap = profile.HoldingCap,
            Hours = profile.Hours,
            Duty = profile.Duty,
            Leave = profile.Leave,
        };
    }

    private static async Task<Blacklist> Blacklist(GranaryDb db, Vault vault, CancellationToken ct)
    {
        List<Domain.Cleansing.BlacklistEntry> entries = [];
        foreach (var row in await db.Set<Cleansing.BlacklistEntry>().AsNoTracking().ToListAsync(ct))
        {
            if (Domain.Cleansing.BlacklistEntry.TryCreate(Enum.Parse<BlacklistKind>(row.Kind, true), vault.Open(row.Value), row.Reason, row.AuthorId.ToString(), row.ExpiresAt, out var entry, out _) && entry is not null)
            {
                entries.Add(entry);
            }
        }

        return new Blacklist(entries);
    }

    private static async Task<SensitiveWords> Words(GranaryDb db, CancellationToken ct)
    {
        var words = await db.Set<SensitiveWord>().AsNoTracking().ToListAsync(ct);
        return new SensitiveWords(words.Where(w => !w.Allowed).Select(w => w.Word), words.Where(w => w.Allowed).Select(w => w.Word));
    }

    private static async Task<CompanyAliases> Aliases(GranaryDb db, CancellationToken ct) =>
        new((await db.Set<Matching.CompanyAlias>().AsNoTracking().ToListAsync(ct)).Select(a => new Domain.Matching.CompanyAlias(a.Alias, a.Company)));
}
