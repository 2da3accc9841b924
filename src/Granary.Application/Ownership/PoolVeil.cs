using System.Linq.Expressions;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Ownership;
using Granary.Domain.People;

namespace Granary.Application.Ownership;

/// <summary>
/// Hides of a lead in a pool what the pool does not show before it is claimed (§9). Who sees every lead, who manages the pool,
/// and who recorded the lead or has it in their tray sees it whole.
/// </summary>
public static class PoolVeil
{
    extension(Viewer viewer)
    {
        /// <summary>The fields that a viewer sees of a lead in a pool; null when they see all of them.</summary>
        /// <param name="setting">The settings.</param>
        /// <param name="poolId">The pool it lies in; null when it lies in none.</param>
        public IReadOnlyList<string>? Visible(Setting setting, Guid? poolId) =>
            poolId is not { } id || viewer.Scope(Permission.ViewLeads).HasFlag(DataScope.All) || viewer.Managed.Contains(id)
                || setting.Pools.Find(id) is not { } pool || setting.PoolRules.For(pool.Key).VisibleFields is not { } fields || PoolFields.All.All(fields.Contains)
                ? null : fields;

        /// <summary>What of a lead is hidden from a viewer: nothing once it is owned, and nothing of what they recorded or have in their tray.</summary>
        public LeadVeil Veil(Setting setting, Lead lead) =>
            lead is not { OwnerId: null, PoolId: { } id } || lead.RecorderId == viewer.UserId || lead.TrayUserId == viewer.UserId
                || viewer.Scope(Permission.ViewLeads).HasFlag(DataScope.All) || viewer.Managed.Contains(id) || setting.Pools.Find(id) is not { } pool
                ? LeadVeil.None : new LeadVeil(setting.PoolRules.For(pool.Key).VisibleFields);

        /// <summary>
        /// Whether the viewer sees fields of a lead, all of them, as a condition of a query; null when they see them of every lead.
        /// What filters, searches or sorts by a field asks for this besides, so that a hidden value cannot be found out by trying.
        /// </summary>
        /// <param name="setting">The settings.</param>
        /// <param name="fields">Fields of <see cref="PoolFields"/>; none asks for the lead as a whole, contact data unmasked.</param>
        public Expression<Func<Lead, bool>>? Showing(Setting setting, params IReadOnlyCollection<string> fields)
        {
            if (viewer.Scope(Permission.ViewLeads).HasFlag(DataScope.All))
            {
                return null;
            }

            var hiding = setting.Pools.All.Where(p => !viewer.Managed.Contains(p.Id) && (fields.Count == 0 || !fields.All(setting.PoolRules.For(p.Key).VisibleFields.Contains)))
                .Select(p => p.Id).ToArray();
            var me = viewer.UserId;
            return hiding.Length == 0 ? null
                : l => l.OwnerId != null || l.PoolId == null || l.RecorderId == me || l.TrayUserId == me || !hiding.Contains(l.PoolId.Value);
        }

        /// <summary>A lead as the viewer may see it. It must not be tracked: what is hidden is taken out.</summary>
        public Lead Veiled(Setting setting, Lead lead)
        {
            var veil = viewer.Veil(setting, lead);
            if (!veil.Hangs)
            {
                return lead;
            }

            if (!veil.ShowsIdentity)
            {
                (lead.AccountId, lead.SourceLeadId, lead.ExternalId) = (null, null, null);
            }

            (lead.Requirement, lead.NextStep) = (veil.Requirement(lead.Requirement), veil.Text(lead.NextStep));
            bool Hides(string field) => !veil.Shows(field);
            if (Hides("company"))
            {
                (lead.CompanyName, lead.CreditCode, lead.Headcount) = (null, null, null);
            }

            if (Hides("contact"))
            {
                lead.ContactName = MaskedName(lead.ContactName);
            }

            if (Hides("title"))
            {
                (lead.Title, lead.Role) = (null, null);
            }

            if (Hides("region"))
            {
                (lead.Province, lead.City, lead.Region) = (null, null, null);
            }

            if (Hides("industry"))
            {
                lead.Industry = null;
            }

            if (Hides("size"))
            {
                (lead.Size, lead.Headcount) = (null, null);
            }

            if (Hides("requirement"))
            {
                (lead.Custom, lead.PurchaseBy) = (null, null);
            }

            if (Hides("products"))
            {
                lead.Products = [];
            }

            if (Hides("budget"))
            {
                (lead.BudgetMin, lead.BudgetMax, lead.BudgetMatch) = (null, null, null);
            }

            if (Hides("channel"))
            {
                (lead.ChannelId, lead.Campaign, lead.Keyword, lead.Content, lead.Utm) = (Guid.Empty, null, null, null, null);
                (lead.LandingPage, lead.Referrer, lead.ReferredBy) = (null, null, null);
            }

            if (Hides("score"))
            {
                (lead.Score, lead.BehaviourScore, lead.AttributeScore, lead.Priority, lead.Stage, lead.Cell) = (0, 0, 0, 0, 0, null);
            }

            if (Hides("tags"))
            {
                lead.Tags = [];
            }

            return lead;
        }
    }

    /// <summary>A name of which the first sign is left: 张三 is 张**.</summary>
    public static string? MaskedName(string? name) => string.IsNullOrEmpty(name) ? name : $"{name[..(char.IsSurrogate(name[0]) ? 2 : 1)]}**";
}
