using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests;

/// <summary>Verbs in a shop.</summary>
internal static class ShopVerbs
{
    extension(Shop shop)
    {
        public LeadVerb Verb => new(shop.Store, shop.Settings, shop.Time);

        public AssignLead Assigning => new(shop.Verb);

        public InvalidateLead Invalidating => new(shop.Verb);

        public ClaimLead Claiming => new(shop.Verb);

        public ReturnLead Returning => new(shop.Verb);

        public TransferLead Transferring => new(shop.Verb);

        public WithdrawLead Withdrawing => new(shop.Verb);

        public VoidLead Voiding => new(shop.Verb);

        public ReopenLead Reopening => new(shop.Verb);

        public ProtectLead Protecting => new(shop.Verb);

        public RequestAdjustment Adjusting => new(shop.Verb);

        public DecideRequest Deciding => new(shop.Verb);

        public LeadRequests Requests => new(shop.Store);

        public PromoteLead Promoting => new(shop.Verb);

        public TouchLead Touching => new(shop.Verb);

        public ReleaseLead Releasing => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

        public EditLead Editing => new(shop.Verb, shop.Store, shop.Vault, shop.Settings, shop.Time);

        public RetryUnassigned Retrying => new(shop.Verb, shop.Store, shop.Time);

        /// <summary>Somebody's rights.</summary>
        public async Task<Viewer> As(Guid userId) => (await shop.Settings.Get(Shop.Ct)).ViewerOf(userId)!;

        /// <summary>A lead as it stands.</summary>
        public Task<Lead> Stored(Guid id) => shop.Read(db => db.Set<Lead>().SingleAsync(l => l.Id == id, Shop.Ct));

        /// <summary>Makes somebody a member of a built-in pool.</summary>
        public Task Join(Guid userId, string pool) => shop.Settings.Change(
            async scope =>
            {
                var id = await scope.Db.Set<Pool>().Where(p => p.Key == pool).Select(p => p.Id).SingleAsync(Shop.Ct);
                scope.Db.Add(new PoolMember { PoolId = id, UserId = userId });
            },
            Shop.Ct);

        /// <summary>A lead that is not ripe and waits in the nurture pool, whoever works here.</summary>
        public async Task<Guid> Pooled()
        {
            var landing = await shop.Submit(shop.Lead() with { Budget = Budget.Unknown, Company = CompanyDetails.Empty });
            Assert.Null(landing.OwnerId);
            return landing.LeadId;
        }

        /// <summary>Counters of holdings must say what the leads say.</summary>
        public async Task HoldingsAreExact()
        {
            var counted = await shop.Read(db => db.Set<Lead>()
                .Where(l => l.OwnerId != null && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working))
                .GroupBy(l => l.OwnerId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, Shop.Ct));
            foreach (var load in await shop.Read(db => db.Set<UserLoad>().ToListAsync(Shop.Ct)))
            {
                Assert.Equal(counted.GetValueOrDefault(load.UserId), load.Holding);
            }

            var open = await shop.Read(db => db.Set<OwnershipRecord>().Where(o => o.To == null).GroupBy(o => o.OwnerId)
                .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, Shop.Ct));
            Assert.Equal(counted.OrderBy(c => c.Key), open.OrderBy(c => c.Key));
        }
    }
}
