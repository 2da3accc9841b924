using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>Moves campaigns through their life and decides about charters (§14).</summary>
public sealed class MoveCampaign(CampaignVerb verb)
{
    private const int MostTold = 10;

    /// <summary>Moves it by hand: also applies for the charter, takes that back, or cancels the campaign.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="to">Where to; approval and refusal of a charter are decisions, see <see cref="Decide"/>.</param>
    /// <param name="reason">Why; must be given backwards, and to cancel. Up to 500 characters.</param>
    /// <param name="seen">The version that was seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<Campaign>> Move(Viewer viewer, Guid id, CampaignStage to, string? reason, int? seen = null, CancellationToken ct = default) => verb.Run<Campaign>(
        viewer,
        id,
        Permission.EditCampaigns,
        seen,
        async work =>
        {
            var from = work.Campaign.Stage;
            if (TooLong(reason) is { } wrong)
            {
                return wrong;
            }

            if (!Enum.IsDefined(to))
            {
                return new AccountResult<Campaign>.Invalid([new FieldError("stage", "not_a_choice")]);
            }

            if (!CampaignLife.Next(from).Contains(to))
            {
                return new AccountResult<Campaign>.Refused(CampaignRefusal.NoWay);
            }

            if (await Missing(work, to, reason, ct) is { } missing)
            {
                return missing;
            }

            Enter(work, to);
            if (to == CampaignStage.Charter)
            {
                (work.Campaign.AppliedById, work.Campaign.AppliedAt, work.Campaign.DecidedById, work.Campaign.DecidedAt, work.Campaign.DecisionNote) = (viewer.UserId, work.Now, null, null, null);
                foreach (var approver in Approvers(work))
                {
                    work.Tell(approver, NoticeKind.CharterAsked);
                }
            }

            work.Happened(CampaignEvent.Moved, new { from, to, reason = VerbReason.Kept(reason) });
            return new AccountResult<Campaign>.Done(work.Campaign);
        },
        ct);

    /// <summary>Approves a charter, or refuses it with a reason; never by whoever applied for it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="approves">Whether it is approved.</param>
    /// <param name="note">What is said with it; a refusal needs it. Up to 500 characters.</param>
    /// <param name="seen">The version that was seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<Campaign>> Decide(Viewer viewer, Guid id, bool approves, string? note, int? seen = null, CancellationToken ct = default) => verb.Run<Campaign>(
        viewer,
        id,
        Permission.ApproveCampaigns,
        seen,
        async work =>
        {
            var campaign = work.Campaign;
            if (TooLong(note) is { } wrong)
            {
                return wrong;
            }

            if (campaign.Stage != CampaignStage.Charter || campaign.AppliedById == viewer.UserId)
            {
                return new AccountResult<Campaign>.Refused(campaign.Stage != CampaignStage.Charter ? CampaignRefusal.NotAsked : CampaignRefusal.OwnRequest);
            }

            if (!approves && string.IsNullOrWhiteSpace(note))
            {
                return new AccountResult<Campaign>.Refused(CampaignRefusal.ReasonRequired);
            }

            if (approves && await Missing(work, CampaignStage.Prepare, null, ct) is { } missing)
            {
                return missing;
            }

            (campaign.DecidedById, campaign.DecidedAt, campaign.DecisionNote) = (viewer.UserId, work.Now, VerbReason.Kept(note));
            Enter(work, approves ? CampaignStage.Prepare : CampaignStage.Evaluate);
            work.Happened(approves ? CampaignEvent.Approved : CampaignEvent.Refused, new { note = campaign.DecisionNote });
            foreach (var user in new[] { campaign.AppliedById, campaign.OwnerId }.OfType<Guid>().Distinct())
            {
                work.Tell(user, NoticeKind.CharterDecided);
            }

            return new AccountResult<Campaign>.Done(campaign);
        },
        ct);

    /// <summary>What is missing for a stage.</summary>
    internal static async Task<IReadOnlyList<CampaignNeed>> Needs(CampaignWork work, CampaignStage to, string? reason, CancellationToken ct)
    {
        var (c, id) = (work.Campaign, work.Campaign.Id);
        var budget = (await work.Db.Set<CampaignCost>().Where(x => x.CampaignId == id).Select(x => x.Planned).ToListAsync(ct)).Sum();
        return CampaignLife.Missing(c.Stage, to, new CampaignFacts(budget, c.HasTargets, work.Setting.CanOwn(c.OwnerId), c.StartsOn, c.EndsOn, work.Today, c.Summary, reason));
    }

    private static async Task<AccountResult<Campaign>?> Missing(CampaignWork work, CampaignStage to, string? reason, CancellationToken ct) => await Needs(work, to, reason, ct) switch
    {
        { Count: 0 } => null,
        [CampaignNeed.Reason] => new AccountResult<Campaign>.Refused(CampaignRefusal.ReasonRequired),
        var needs => new AccountResult<Campaign>.Refused(CampaignRefusal.NotReady) { Missing = [.. needs.Select(n => WireName.Of(n))] },
    };

    private static void Enter(CampaignWork work, CampaignStage to)
    {
        var campaign = work.Campaign;
        (campaign.Stage, campaign.StageAt) = (to, work.Now);
        campaign.ReportOn = to switch
        {
            CampaignStage.Run or CampaignStage.Convert => campaign.ReportOn ?? TrackingReports.NextAfter(campaign.EndsOn!.Value, null),
            // What was summarised is tracked to the end of the third year; what was cancelled is not.
            CampaignStage.Summarised => campaign.ReportOn,
            _ => null,
        };
        work.Changed();
    }

    private static IEnumerable<Guid> Approvers(CampaignWork work) => work.Setting.People.Values.Where(p => p.Id != work.Viewer.UserId && p.Status == PersonStatus.Active)
        .Select(p => work.Setting.ViewerOf(p.Id)).OfType<Viewer>()
        .Where(v => v.May(Permission.ApproveCampaigns) && v.Owners(Permission.ApproveCampaigns)?.Contains(work.Campaign.OwnerId) != false)
        .Select(v => v.UserId).Order().Take(MostTold);

    private static AccountResult<Campaign>.Invalid? TooLong(string? reason) => reason?.Trim().Length > VerbReason.Most ? new([new FieldError("reason", "too_long", $"{VerbReason.Most}")]) : null;
}
