using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.Settings;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests;

/// <summary>Pools in a shop.</summary>
internal static class ShopPools
{
    extension(Shop shop)
    {
        public SavePool Pools => new(shop.Settings, shop.Time);

        public SavePoolMembers Joining => new(shop.Store, shop.Settings, shop.Time);

        public MoveLeads Moving => new(shop.Verb);

        public AssignPooled Giving => new(shop.Verb);

        public RevealContacts Revealing => new(shop.Verb, shop.Store, shop.Settings, shop.Vault, shop.Time);

        public LeadList Listing => new(shop.Store, shop.Vault, shop.Settings);

        public PoolBoard Board => new(shop.Store, shop.Settings, shop.Time);

        public PoolLeads InPools => new(shop.Listing, shop.Store, shop.Vault, shop.Settings, shop.Time);

        public PoolGaming Gaming => new(shop.Store, shop.Settings, shop.Time);

        /// <summary>A pool by its key.</summary>
        public async Task<Pool> Pool(string key) => (await shop.Settings.Latest(Shop.Ct)).Pools.Find(key)!;

        /// <summary>Makes these its members, the first ones managers.</summary>
        public async Task Staff(string key, Guid[] members, params Guid[] managers) => Assert.IsType<SettingResult.Done>(
            await shop.Joining.Save(Guid.Empty, (await shop.Pool(key)).Id, new PoolMembership { Members = members, Managers = managers }, Shop.Ct));

        /// <summary>A lead that nobody can be found for, laid into a pool.</summary>
        public async Task<Guid> Laid(string key, string? company = null)
        {
            var id = (await shop.Submit(shop.Lead(company: company))).LeadId;
            var pool = (await shop.Pool(key)).Id;
            await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == id).ExecuteUpdateAsync(l => l.SetProperty(x => x.PoolId, pool).SetProperty(x => x.RetryAt, (DateTimeOffset?)null), Shop.Ct), Shop.Ct);
            Assert.Null((await shop.Stored(id)).OwnerId);
            return id;
        }
    }
}
