using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>What a new organisation starts with: built-in roles, pools, policies and channels. Does nothing on an old one.</summary>
public static class Bootstrap
{
    private static readonly string[] Pools = ["sdr", "nurture", "active", "general", "company", "invalid", "blacklist"];

    private static readonly string[] Channels =
    [
        "官网/官网表单", "官网/百度搜索", "官网/在线咨询", "广告/抖音广告", "广告/百度推广", "广告/微信广告", "展会/行业展会",
        "内容/白皮书下载", "内容/线上直播", "公众号/微信公众号", "转介绍/客户转介绍", "转介绍/员工推荐", "电话/400 来电", "自拓/销售自拓", "导入/历史数据",
    ];

    /// <summary>Makes what is missing.</summary>
    public static async Task Prepare(this Store store, TimeProvider time, CancellationToken ct = default)
    {
        await using (var db = store.Open())
        {
            if (await db.Set<Organisation>().AnyAsync(ct))
            {
                await store.AddNewPolicies(time, ct);
                return;
            }
        }

        await store.Write(
            async scope =>
            {
                var db = scope.Db;
                if (!store.IsSqlite)
                {
                    await db.Database.ExecuteSqlRawAsync("LOCK TABLE organisation IN EXCLUSIVE MODE", ct);
                }

                if (await db.Set<Organisation>().AnyAsync(ct))
                {
                    return;
                }

                var now = time.Now;
                db.Add(new Organisation { Name = "", Revision = 1 });
                db.AddRange(BuiltInRoles.Grants.Select(r => new Role
                {
                    Id = time.NewId(),
                    Name = r.Key,
                    NormalizedName = r.Key.ToUpperInvariant(),
                    Grants = Json.Write(r.Value),
                    BuiltIn = true,
                }));
                db.AddRange(Pools.Select(key => new Pool { Id = time.NewId(), Key = key, BuiltIn = true }));
                db.AddRange(Channels.Select(path => new Channel { Id = time.NewId(), Path = path, Confirmed = true }));
                db.AddRange(PolicyKind.All.Select(kind => BuiltIn(kind, now)));
                await db.SaveChangesAsync(ct);
            },
            ct);
    }

    /// <summary>An organisation from before a kind of policy existed gets its built-in one.</summary>
    private static async Task AddNewPolicies(this Store store, TimeProvider time, CancellationToken ct)
    {
        await using (var db = store.Open())
        {
            var known = await db.Set<PolicyVersion>().Select(p => p.Kind).Distinct().ToListAsync(ct);
            if (PolicyKind.All.All(kind => known.Contains(kind.Name)))
            {
                return;
            }
        }

        await store.Write(
            async scope =>
            {
                // The row is the lock: two nodes that start together add them once.
                await scope.Db.Set<Organisation>().ExecuteUpdateAsync(o => o.SetProperty(x => x.Revision, x => x.Revision + 1), ct);
                var known = await scope.Db.Set<PolicyVersion>().Select(p => p.Kind).Distinct().ToListAsync(ct);
                scope.Db.AddRange(PolicyKind.All.Where(kind => !known.Contains(kind.Name)).Select(kind => BuiltIn(kind, time.Now)));
                await scope.Db.SaveChangesAsync(ct);
            },
            ct);
    }

    private static PolicyVersion BuiltIn(PolicyKind kind, DateTimeOffset now) =>
        new() { Kind = kind.Name, Version = 1, Body = kind.BuiltIn, CreatedAt = now, PublishedAt = now };
}
