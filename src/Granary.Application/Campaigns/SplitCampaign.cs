using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.Capture;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>Where the leads of an event go, or went.</summary>
/// <param name="Placements">Each lead once.</param>
/// <param name="Counts">How many each way.</param>
/// <param name="At">When it was done; null in a preview.</param>
public sealed record SplitReport(IReadOnlyList<SplitPlacement> Placements, IReadOnlyDictionary<SplitWay, int> Counts, DateTimeOffset? At);

/// <summary>
/// Splits the leads of an event in one transaction (§14): by the rules of <see cref="LeadSplit"/>, through the verbs of ownership, so that
/// records, caps and the log say what happened. Leads that come in later are split by running it again; no lead is split twice.
/// </summary>
public sealed class SplitCampaign(Store store, Vault vault, SettingCache settings, TimeProvider time)
{
    /// <summary>Most leads at once.</summary>
    public const int Most = 5_000;

    /// <summary>What a split would do now; nothing is changed.</summary>
    public async Task<AccountResult<SplitReport>> Preview(Viewer viewer, Guid campaignId, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        var (work, refusal) = await CampaignVerb.Find<SplitReport>(db, setting, viewer, campaignId, Permission.SplitCampaigns, null, time.Now, ct);
        if ((refusal ?? NotNow(work!)) is { } no)
        {
            return no;
        }

        var leads = await Waiting(db, work!.Campaign).AsNoTracking().Take(Most + 1).ToListAsync(ct);
        if (Unfit(leads) is { } unfit)
        {
            return unfit;
        }

        var facts = await Facts(db, setting, work.Campaign, leads, ct);
        var owners = facts.Select(f => f.LinkedById).OfType<Guid>().Distinct().ToArray();
        var holding = await db.Set<Lead>().Where(l => l.OwnerId != null && owners.Contains(l.OwnerId.Value) && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working)).GroupBy(l => l.OwnerId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var placements = LeadSplit.Of(facts, Free(setting, owners, o => holding.GetValueOrDefault(o)));
        return new AccountResult<SplitReport>.Done(new SplitReport(placements, LeadSplit.Count(placements), null));
    }

    /// <summary>Splits them.</summary>
    public async Task<AccountResult<SplitReport>> Run(Viewer viewer, Guid campaignId, CancellationToken ct = default) => await store.Write<AccountResult<SplitReport>>(
        async scope =>
        {
            var work = await LeadWork.Begin(scope, settings, time.Now, viewer.UserId, ct);
            var result = await Split(work, viewer, campaignId, ct);
            if (result is AccountResult<SplitReport>.Done)
            {
                await work.Save(ct);
            }
            else
            {
                scope.Abandon();
            }

            return result;
        },
        ct);

    /// <summary>Where the leads went; null when there is no such campaign for this viewer.</summary>
    public async Task<SplitReport?> Report(Viewer viewer, Guid campaignId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (await viewer.Campaigns(db).AsNoTracking().SingleOrDefaultAsync(c => c.Id == campaignId, ct) is not { } campaign)
        {
            return null;
        }

        var rows = await db.Set<CampaignSplit>().AsNoTracking().Where(s => s.CampaignId == campaignId).OrderBy(s => s.LeadId).ToListAsync(ct);
        List<SplitPlacement> placements = [.. rows.Select(r => new SplitPlacement(r.LeadId, r.Way, r.OwnerId, Json.Read<IReadOnlyList<Reason>>(r.Reasons)))];
        return new SplitReport(placements, LeadSplit.Count(placements), campaign.SplitAt);
    }

    private async Task<AccountResult<SplitReport>> Split(LeadWork work, Viewer viewer, Guid campaignId, CancellationToken ct)
    {
        var db = work.Scope.Db;
        var (found, refusal) = await CampaignVerb.Find<SplitReport>(db, work.Setting, viewer, campaignId, Permission.SplitCampaigns, null, work.Now, ct);
        if ((refusal ?? NotNow(found!)) is { } no)
        {
            return no;
        }

        // Counters are locked before leads, and leads in the order of their ids: two who split wait for each other, and for intake.
        var campaign = found!.Campaign;
        var board = (await work.Board(ct)).Board;
        if (!db.IsSqlite)
        {
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM lead WHERE campaign = {campaign.Code} ORDER BY id FOR UPDATE", ct);
        }

        var leads = await Waiting(db, campaign).Take(Most + 1).ToListAsync(ct);
        if (Unfit(leads) is { } unfit)
        {
            return unfit;
        }

        var facts = await Facts(db, work.Setting, campaign, leads, ct);
        var placements = LeadSplit.Of(facts, Free(work.Setting, facts.Select(f => f.LinkedById).OfType<Guid>().Distinct(), o => board.LoadOf(o).Holding));
        await work.Prefetch([.. leads.Select(l => l.Id)], ct);
        var byId = leads.ToDictionary(l => l.Id);
        foreach (var placement in placements)
        {
            var lead = byId[placement.LeadId];
            await Place(work, campaign, lead, placement, ct);
            db.Add(new CampaignSplit
            {
                CampaignId = campaignId,
                LeadId = lead.Id,
                Way = placement.Way,
                OwnerId = placement.OwnerId,
                PoolId = placement.Way is SplitWay.Holdings or SplitWay.Stays ? null : lead.PoolId,
                Reasons = Json.Write(placement.Reasons),
                ActorId = viewer.UserId,
                At = work.Now,
            });
        }

        var counts = LeadSplit.Count(placements);
        (campaign.SplitAt, campaign.SplitById) = (work.Now, viewer.UserId);
        found.Changed();
        work.Changes.Happened(campaignId, CampaignEvent.Split, work.Now, viewer.UserId, new { leads = placements.Count, counts = counts.ToDictionary(c => WireName.Of(c.Key), c => c.Value) });
        return new AccountResult<SplitReport>.Done(new SplitReport(placements, counts, work.Now));
    }

    private static async Task Place(LeadWork work, Campaign campaign, Lead lead, SplitPlacement placement, CancellationToken ct)
    {
        if (placement.Way == SplitWay.Stays || (placement.Way == SplitWay.Holdings && lead.OwnerId == placement.OwnerId))
        {
            work.Explain(lead.Id, "split", placement.Reasons);
            return;
        }

        if (placement.OwnerId is { } owner)
        {
            await work.Hand(lead, owner, lead.OwnerId is null ? Acquired.AssignedByAdministrator : Acquired.OwnerChanged, null, ct);
        }
        else
        {
            var rules = work.Setting.Campaigns;
            var key = placement.Way switch { SplitWay.Market => rules.MarketPool, SplitWay.General => rules.KeyPersonPool, _ => rules.CleaningPool };
            var pool = work.PoolFor(key, lead.Region ?? campaign.Region);
            if (lead.PoolId is { } from)
            {
                if (from == pool.Id)
                {
                    work.Explain(lead.Id, "split", placement.Reasons);
                    return;
                }

                work.Pool(lead, pool);
                work.Changes.Happened(lead.Id, LeadEvent.Moved, work.Now, work.ActorId, new MovedData(from, pool.Id, pool.Key, null));
            }
            else
            {
                await work.Drop(lead, Ended.Transferred, null, pool.Key, ct);
            }
        }

        work.Explain(lead.Id, "split", placement.Reasons);
        work.Changed(lead);
    }

    private static IQueryable<Lead> Waiting(GranaryDb db, Campaign campaign) => db.Set<Lead>()
        .Where(l => l.Campaign == campaign.Code && l.MergedIntoId == null && !db.Set<CampaignSplit>().Any(s => s.CampaignId == campaign.Id && s.LeadId == l.Id)).OrderBy(l => l.Id);

    private async Task<IReadOnlyList<SplitLead>> Facts(GranaryDb db, Setting setting, Campaign campaign, List<Lead> leads, CancellationToken ct)
    {
        // What was linked is read by the campaign, not by thousands of ids.
        var links = (await db.Set<CampaignLink>().AsNoTracking().Where(l => l.CampaignId == campaign.Id && !l.Void && l.LeadId != null).OrderBy(l => l.At).ThenBy(l => l.Id).ToListAsync(ct)).ToLookup(l => l.LeadId!.Value);
        var named = (await db.Set<NamedAccount>().Where(n => db.Set<Lead>().Any(l => l.Campaign == campaign.Code && l.AccountId == n.AccountId)).Select(n => n.AccountId).ToListAsync(ct)).ToHashSet();
        // A lead that no account was found for may still be of a company that is named.
        var companies = leads.Where(l => l.AccountId is null && CompanyName.Parse(l.CompanyName) is not null).ToDictionary(l => l.Id, l => vault.CompanyKey(CompanyName.Parse(l.CompanyName)!.Core));
        var keys = companies.Values.Distinct().ToArray();
        var namedKeys = (await db.Set<AccountKey>().Where(k => keys.Contains(k.Key) && db.Set<NamedAccount>().Any(n => n.AccountId == k.AccountId)).Select(k => k.Key).ToListAsync(ct)).ToHashSet();
        // Whoever got a lead by a rule and has not touched it yet works on nothing that the split would take from them.
        var automatic = (await db.Set<OwnershipRecord>()
            .Where(o => o.To == null && o.Acquired == Acquired.AssignedAutomatically && o.FollowUps == 0 && o.LockedBy == null && db.Set<Lead>().Any(l => l.Id == o.LeadId && l.Campaign == campaign.Code)).Select(o => o.LeadId).ToListAsync(ct)).ToHashSet();
        return
        [
            .. leads.Select(l =>
            {
                var linked = links[l.Id].ToList();
                var by = linked.Select(x => x.UserId).Where(u => setting.CanOwn(u)).Select(u => (Guid?)u).FirstOrDefault();
                var untouched = l is { Status: LeadStatus.Pending, FollowedAt: null } && automatic.Contains(l.Id);
                var theirs = l.OwnerId is { } owner && owner != by && !untouched;
                return new SplitLead(
                    l.Id, by, l.Score, linked.Exists(x => x.Intent), linked.Exists(x => x.KeyPerson) || l.Role == BuyingRole.DecisionMaker, l.AccountId is { } account ? named.Contains(account) : companies.TryGetValue(l.Id, out var key) && namedKeys.Contains(key), Fits(setting, l.Industry),
                    theirs || LeadWork.Unassignable(setting, l) is not null, l.OwnerId);
            }),
        ];
    }

    // Where no target industry is named, every industry would be one; that would split nothing.
    private static bool Fits(Setting setting, string? industry) => setting.NamedAccounts.TargetIndustries.Count > 0 && setting.NamedAccounts.Targets(industry);

    private static Dictionary<Guid, int?> Free(Setting setting, IEnumerable<Guid> owners, Func<Guid, int> holding) => owners.ToDictionary(
        o => o, o => setting.Roster.Find(o) is not { } profile || !setting.CanOwn(o) ? 0 : profile.HoldingCap is { } cap ? Math.Max(0, cap - holding(o)) : (int?)null);

    private static AccountResult<SplitReport>.Refused? NotNow(CampaignWork work) => work.Campaign.Stage is CampaignStage.Run or CampaignStage.Convert ? null : new(CampaignRefusal.NotRunning);

    private static AccountResult<SplitReport>.Refused? Unfit(List<Lead> leads) => leads.Count == 0 ? new(CampaignRefusal.NothingToSplit) : leads.Count > Most ? new(CampaignRefusal.TooMany) : null;
}
