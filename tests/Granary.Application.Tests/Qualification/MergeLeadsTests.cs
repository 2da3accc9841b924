using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Ownership.Recount;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Application.Review;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.FollowUp;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class MergeLeadsTests
{
    private static readonly Dictionary<string, MergeSide> AsProposed = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Everything_of_the_merged_lead_goes_over_and_it_leads_to_the_survivor(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, survivor, merged) = await Two(shop);
        await new TouchLead(shop.Verb).Touch(zhang, merged, TouchKind.ServiceConsulted, null, null, ct: Ct);
        var (followUp, _) = await Log(shop, zhang, merged);
        await new QualifyLead(shop.Verb).Qualify(zhang, merged, new(QualificationStage.Mql, ["fits_profile", "not_private", "verified", "willing"]), ct: Ct);
        var linked = await shop.Submit(shop.Lead(await PhoneOf(shop, merged), "第三家有限公司"));
        Assert.Equal(merged, linked.SourceLeadId);

        var (merge, result) = await Merging(shop).Merge(zhang, survivor, new(merged, new Dictionary<string, MergeSide> { ["company.name"] = MergeSide.Merged, ["contact.title"] = MergeSide.Survivor }), ct: Ct);

        Assert.IsType<LeadResult.Done>(result);
        var (stays, gone) = (await shop.Stored(survivor), await shop.Stored(merged));
        Assert.Equal(("上海云杉软件有限公司", null, QualificationStage.Mql), (stays.CompanyName, stays.Title, stays.Qualification));
        Assert.Equal((LeadStatus.Voided, (Guid?)survivor, null, null), (gone.Status, gone.MergedIntoId, gone.OwnerId, gone.ContactName));
        Assert.Empty(await Leftovers(shop, merged));
        Assert.Equal(followUp!.Id, Assert.Single(await shop.Read(db => db.Set<FollowUpRecord>().Where(f => f.LeadId == survivor).ToListAsync(Ct))).Id);
        Assert.Equal(2, await shop.Read(db => db.Set<ContactPoint>().CountAsync(c => c.LeadId == survivor && c.Kind == ContactKind.Phone, Ct)));
        Assert.Equal((Guid?)survivor, (await shop.Stored(linked.LeadId)).SourceLeadId);
        Assert.Null(await shop.Read(db => zhang.Leads(db).SingleOrDefaultAsync(l => l.Id == merged, Ct)));
        Assert.Equal((Guid?)survivor, await shop.Read(db => zhang.MergedInto(db, merged, Ct)));
        Assert.Equal((Guid?)survivor, Assert.IsType<LeadResult.Refused>(await new TouchLead(shop.Verb).Touch(zhang, merged, TouchKind.ServiceConsulted, null, null, ct: Ct)).Instead);
        Assert.Equal((Guid?)survivor, (await shop.Submit(shop.Lead(await PhoneOf(shop, survivor, 1)))).SourceLeadId);
        Assert.NotNull(merge!.Body);
        await shop.HoldingsAreExact();
        Assert.Empty((await new RecountLeads(shop.Store).Run(Ct)).Differences);
    }

    [Theory, OnBothDatabases]
    public async Task An_undone_merge_gives_back_everything_but_what_was_changed_since(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (zhang, survivor, merged) = await Two(shop);
        var phone = await PhoneOf(shop, merged);
        await new TouchLead(shop.Verb).Touch(zhang, merged, TouchKind.ServiceConsulted, null, null, ct: Ct);
        var (followUp, _) = await Log(shop, zhang, merged);
        var (before, gone) = (LeadBefore.Of(await shop.Stored(survivor)), LeadBefore.Of(await shop.Stored(merged)));
        var choose = new Dictionary<string, MergeSide> { ["company.name"] = MergeSide.Merged, ["requirement"] = MergeSide.Merged };
        var (merge, _) = await Merging(shop).Merge(zhang, survivor, new(merged, choose), ct: Ct);
        await Edit(shop, zhang, survivor, l => l with { Requirement = "改过的需求比之前更清楚" });
        clock.Advance(TimeSpan.FromDays(29));

        var (_, result) = await Undoing(shop).Undo(zhang, survivor, merge!.Id, ct: Ct);

        Assert.IsType<LeadResult.Done>(result);
        var (stays, back) = (await shop.Stored(survivor), await shop.Stored(merged));
        Assert.Equal((before.CompanyName, "改过的需求比之前更清楚"), (stays.CompanyName, stays.Requirement));
        Assert.Equal((gone.CompanyName, gone.ContactName, gone.Requirement, gone.OwnerId, null), (back.CompanyName, back.ContactName, back.Requirement, back.OwnerId, back.MergedIntoId));
        Assert.Equal(followUp!.Id, Assert.Single(await shop.Read(db => db.Set<FollowUpRecord>().Where(f => f.LeadId == merged).ToListAsync(Ct))).Id);
        Assert.Equal(1, await shop.Read(db => db.Set<Touch>().CountAsync(t => t.LeadId == merged, Ct)));
        Assert.Equal(phone, await PhoneOf(shop, merged));
        Assert.Equal("merge_undone", Code((await Undoing(shop).Undo(zhang, survivor, merge.Id, ct: Ct)).Result));
        await shop.HoldingsAreExact();
        Assert.Empty((await new RecountLeads(shop.Store).Run(Ct)).Differences);
    }

    [Theory, OnBothDatabases]
    public async Task A_phone_that_both_have_is_kept_once_and_comes_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, survivor, merged) = await Two(shop, "13911112222", "13911112222");

        var (merge, _) = await Merging(shop).Merge(zhang, survivor, new(merged, AsProposed), ct: Ct);
        Assert.Equal(1, await shop.Read(db => db.Set<ContactPoint>().CountAsync(Ct)));
        await Undoing(shop).Undo(zhang, survivor, merge!.Id, ct: Ct);

        Assert.Equal(await PhoneOf(shop, survivor), await PhoneOf(shop, merged));
        Assert.Equal(2, await shop.Read(db => db.Set<ContactPoint>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task After_the_days_of_the_policy_nothing_is_undone(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (zhang, survivor, merged) = await Two(shop);
        var (merge, _) = await Merging(shop).Merge(zhang, survivor, new(merged, AsProposed), ct: Ct);
        clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal("merge_undo_over", Code((await Undoing(shop).Undo(zhang, survivor, merge!.Id, ct: Ct)).Result));
    }

    [Theory, OnBothDatabases]
    public async Task The_loser_is_told_and_what_may_not_be_merged_stays(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, survivor, merged) = await Two(shop);
        var li = await shop.As(await shop.Hire("Li"));
        var version = (await shop.Stored(merged)).Version;
        await Edit(shop, zhang, merged, l => l with { Requirement = "刚刚补充的需求比之前更清楚" });
        var events = await shop.Read(db => db.Set<EventRecord>().CountAsync(Ct));

        Assert.Equal(version + 1, Assert.IsType<LeadResult.Stale>((await Merging(shop).Merge(zhang, survivor, new(merged, AsProposed, version), ct: Ct)).Result).Current);
        Assert.IsType<LeadResult.NotFound>((await Merging(shop).Merge(li, survivor, new(merged, AsProposed), ct: Ct)).Result);
        Assert.Equal("with", Field((await Merging(shop).Merge(zhang, survivor, new(survivor, AsProposed), ct: Ct)).Result));
        Assert.Equal("with", Field((await Merging(shop).Merge(zhang, survivor, new(Guid.NewGuid(), AsProposed), ct: Ct)).Result));
        Assert.Equal("choose.company.name", Field((await Merging(shop).Merge(zhang, survivor, new(merged, new Dictionary<string, MergeSide> { ["company.name"] = MergeSide.Both }), ct: Ct)).Result));
        Assert.Equal("choose.colour", Field((await Merging(shop).Merge(zhang, survivor, new(merged, new Dictionary<string, MergeSide> { ["colour"] = MergeSide.Merged }), ct: Ct)).Result));
        Assert.Equal(events, await shop.Read(db => db.Set<EventRecord>().CountAsync(Ct)));
        Assert.Empty(await shop.Read(db => db.Set<RecordMerge>().ToListAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_had_the_merged_lead_has_the_survivor_that_nobody_had(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, survivor, merged) = await Two(shop);
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        await new WithdrawLead(shop.Verb).Withdraw(boss, survivor, "换人跟进", null, ct: Ct);

        await Merging(shop).Merge(boss, survivor, new(merged, AsProposed), ct: Ct);

        Assert.Equal((Guid?)zhang.UserId, (await shop.Stored(survivor)).OwnerId);
        await shop.HoldingsAreExact();
        Assert.Empty((await new RecountLeads(shop.Store).Run(Ct)).Differences);
    }

    /// <summary>Who writes at the same time as a merge writes before it, and the merge is stale or takes it over, or after it, and is told.</summary>
    [Theory, OnBothDatabases]
    public async Task A_merge_against_an_edit_leaves_no_orphan_and_loses_no_edit(DatabaseKind kind)
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("GRANARY_MERGE_ROUNDS"), out var asked) ? asked : 25;
        await using var shop = await Shop.Open(kind);
        // A thousand rounds are two thousand leads, more than anybody may hold or get in a day unless it is said.
        var zhang = await shop.As(await shop.Hire("Zhang", profile: new() { HoldingCap = null, DailyIntakeCap = null }));
        for (var round = 0; round < rounds; round++)
        {
            var (survivor, merged) = (await Owned(shop, zhang, null, $"甲{round}有限公司"), await Owned(shop, zhang, null, $"乙{round}有限公司"));
            var need = $"第 {round} 次补充的需求比之前更清楚";
            var version = (await shop.Stored(merged)).Version;
            var merging = Task.Run(() => Merging(shop).Merge(zhang, survivor, new(merged, new Dictionary<string, MergeSide> { ["requirement"] = MergeSide.Merged }, round % 2 == 0 ? version : null), ct: Ct), Ct);
            var editing = Task.Run(() => Edit(shop, zhang, merged, l => l with { Requirement = need }), Ct);
            var logging = Task.Run(async () => (await Log(shop, zhang, merged)).Result, Ct);
            var ((_, done), edited, logged) = (await merging, await editing, await logging);

            var (stays, other) = (await shop.Stored(survivor), await shop.Stored(merged));
            if (done is LeadResult.Done)
            {
                Assert.Empty(await Leftovers(shop, merged));
                Assert.Equal(edited is LeadResult.Done ? need : null, stays.Requirement);
                Assert.True(edited is LeadResult.Done or LeadResult.Refused { Code: LeadRefusal.Merged } or LeadResult.NotFound, $"{edited}");
                Assert.Equal(logged is LeadResult.Done ? 1 : 0, await shop.Read(db => db.Set<FollowUpRecord>().CountAsync(f => f.LeadId == survivor, Ct)));
            }
            else
            {
                Assert.True(done is LeadResult.Stale && round % 2 == 0, $"{done}");
                Assert.Equal(edited is LeadResult.Done ? need : null, other.Requirement);
                Assert.Null(other.MergedIntoId);
            }
        }

        await shop.HoldingsAreExact();
        Assert.Empty((await new RecountLeads(shop.Store).Run(Ct)).Differences);
    }

    private static async Task<(Viewer Zhang, Guid Survivor, Guid Merged)> Two(Shop shop, string? phone = null, string? other = null)
    {
        var zhang = await shop.As(await shop.Hire("Zhang"));
        return (zhang, await Owned(shop, zhang, phone, "北京纷扬科技有限公司"), await Owned(shop, zhang, other, "上海云杉软件有限公司"));
    }

    private static async Task<Guid> Owned(Shop shop, Viewer owner, string? phone, string company)
    {
        var landing = await shop.Submit(shop.Lead(phone, company));
        Assert.Equal(owner.UserId, landing.OwnerId);
        return landing.LeadId;
    }

    private static async Task<LeadResult> Edit(Shop shop, Viewer viewer, Guid id, Func<LeadSubmission, LeadSubmission> change)
    {
        var edit = new EditLead(shop.Verb, shop.Store, shop.Vault, shop.Settings, shop.Time);
        while (await edit.Begin(viewer, id, Ct) is var (fields, version))
        {
            if (await edit.Save(viewer, id, change(fields), version, Ct) is var result and not LeadResult.Stale)
            {
                return result;
            }
        }

        return new LeadResult.NotFound();
    }

    private static Task<(FollowUpRecord? Record, LeadResult Result)> Log(Shop shop, Viewer viewer, Guid lead) =>
        new LogFollowUp(shop.Verb).Log(viewer, lead, new FollowUpInput { Method = FollowUpMethod.Call, Content = "已电话沟通需求，客户希望下周看演示", Files = [] }, Ct);

    // Rows that still hang on a lead that is not there any more.
    private static Task<List<string>> Leftovers(Shop shop, Guid lead) => shop.Read(async db =>
    {
        List<string> left = [];
        foreach (var (name, count) in new[]
        {
            ("contact", await db.Set<ContactPoint>().CountAsync(c => c.LeadId == lead, Ct)), ("touch", await db.Set<Touch>().CountAsync(t => t.LeadId == lead, Ct)),
            ("follow-up", await db.Set<FollowUpRecord>().CountAsync(f => f.LeadId == lead, Ct)), ("linked", await db.Set<Lead>().CountAsync(l => l.SourceLeadId == lead, Ct)),
            ("judgement", await db.Set<LeadQualification>().CountAsync(q => q.LeadId == lead, Ct)), ("owner", await db.Set<OwnershipRecord>().CountAsync(o => o.LeadId == lead && o.To == null, Ct)),
        })
        {
            if (count > 0)
            {
                left.Add($"{name}: {count}");
            }
        }

        return left;
    });

    private static async Task<string> PhoneOf(Shop shop, Guid lead, int at = 0) =>
        shop.Vault.Open((await shop.Read(db => db.Set<ContactPoint>().Where(c => c.LeadId == lead).OrderBy(c => c.Ordinal).ToListAsync(Ct)))[at].Value);

    private static MergeLeads Merging(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time, [new ReviewsOfLead(), new PapersOfLead()]);

    private static UnmergeLeads Undoing(Shop shop) => new(Merging(shop), shop.Vault);

    private static string Code(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;

    private static string Field(LeadResult result) => Assert.Single(Assert.IsType<LeadResult.Invalid>(result).Errors).Field;
}
