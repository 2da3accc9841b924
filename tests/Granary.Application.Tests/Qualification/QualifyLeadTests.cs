using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class QualifyLeadTests
{
    private static readonly string[] All = ["fits_profile", "not_private", "verified", "willing"], Sales = ["fits_profile", "intends_to_buy", "willing_to_continue"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_sdr_makes_an_mql_and_hands_it_to_sales_who_accept_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (sdr, lead) = await Owned(shop, BuiltInRoles.Sdr);
        var sales = await shop.Hire("Zhang", profile: new() { Regions = ["上海"] });

        Assert.IsType<LeadResult.Done>(await Qualifying(shop).Qualify(await shop.As(sdr), lead, new(QualificationStage.Mql, All, "周五方便", sales), ct: Ct));
        Assert.IsType<LeadResult.Done>(await Judging(shop).Accept(await shop.As(sales), lead, ct: Ct));

        var stored = await shop.Stored(lead);
        Assert.Equal((QualificationStage.Mql, (Guid?)sales, true), (stored.Qualification, stored.OwnerId, stored.Mature));
        var judged = await Single(shop);
        Assert.Equal((sdr, Acceptance.Accepted, (Guid?)sales, shop.Time.Now), (judged.ActorId, judged.Acceptance, judged.JudgeId, judged.JudgedAt));
        var ended = await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(o => o.To != null, Ct));
        Assert.Equal((sdr, shop.Time.Now), (ended.OwnerId, ended.DecidedAt));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task What_sales_send_back_stands_where_it_stood_and_whoever_judged_is_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (sdr, lead) = await Owned(shop, BuiltInRoles.Sdr);
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        await Qualifying(shop).Qualify(await shop.As(sdr), lead, new(QualificationStage.Mql, All), ct: Ct);

        Assert.IsType<LeadResult.Done>(await Judging(shop).Reject(boss, lead, "预算未确认", ct: Ct));

        var stored = await shop.Stored(lead);
        Assert.Equal((QualificationStage.Raw, false), (stored.Qualification, stored.Promoted));
        Assert.Equal((Acceptance.Rejected, "预算未确认"), ((await Single(shop)).Acceptance, (await Single(shop)).Reason));
        Assert.Contains(await shop.Read(db => db.Set<Notice>().ToListAsync(Ct)), n => n.UserId == sdr && n.Kind == NoticeKind.QualificationRejected);
        Assert.IsType<LeadResult.Done>(await Qualifying(shop).Qualify(await shop.As(sdr), lead, new(QualificationStage.Mql, All), ct: Ct));
        var figures = Assert.Single(await new ReadQualifications(shop.Store).Figures(boss, shop.Time.Now.AddDays(-1), shop.Time.Now.AddDays(1), Ct));
        Assert.Equal((sdr, 2, 0, 1), (figures.UserId, figures.Made, figures.Accepted, figures.Rejected));
        Assert.Equal(0m, figures.AcceptanceRate);
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_makes_an_sql_of_anothers_mql_accepts_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (sdr, lead) = await Owned(shop, BuiltInRoles.Sdr);
        var sales = await shop.Hire("Zhang");
        await Qualifying(shop).Qualify(await shop.As(sdr), lead, new(QualificationStage.Mql, All, To: sales), ct: Ct);

        Assert.IsType<LeadResult.Done>(await Qualifying(shop).Qualify(await shop.As(sales), lead, new(QualificationStage.Sql, Sales), ct: Ct));

        var rows = await shop.Read(db => db.Set<LeadQualification>().OrderBy(q => q.Stage).ToListAsync(Ct));
        Assert.Equal([(QualificationStage.Mql, Acceptance.Accepted), (QualificationStage.Sql, Acceptance.Open)], rows.Select(q => (q.Stage, q.Acceptance)));
    }

    [Theory, OnBothDatabases]
    public async Task A_checklist_that_is_not_met_changes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (sdr, lead) = await Owned(shop, BuiltInRoles.Sdr);
        var viewer = await shop.As(sdr);
        var before = await shop.Read(db => db.Set<EventRecord>().CountAsync(Ct));

        Assert.Equal("criteria_not_met", Code(await Qualifying(shop).Qualify(viewer, lead, new(QualificationStage.Mql, ["willing"]), ct: Ct)));
        Assert.Equal("checks[1]", Assert.Single(Assert.IsType<LeadResult.Invalid>(await Qualifying(shop).Qualify(viewer, lead, new(QualificationStage.Mql, ["willing", "rich"]), ct: Ct)).Errors).Field);
        Assert.Equal("stage", Assert.Single(Assert.IsType<LeadResult.Invalid>(await Qualifying(shop).Qualify(viewer, lead, new(QualificationStage.Raw, []), ct: Ct)).Errors).Field);
        Assert.Equal("nothing_to_judge", Code(await Judging(shop).Accept(viewer, lead, ct: Ct)));
        Assert.Equal("reason_required", Code(await Judging(shop).Reject(viewer, lead, " ", ct: Ct)));

        Assert.Empty(await shop.Read(db => db.Set<LeadQualification>().ToListAsync(Ct)));
        Assert.Equal(before, await shop.Read(db => db.Set<EventRecord>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_judges_twice_or_answers_their_own_judgement(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (sdr, lead) = await Owned(shop, BuiltInRoles.Sdr);
        var viewer = await shop.As(sdr);
        await Qualifying(shop).Qualify(viewer, lead, new(QualificationStage.Mql, All), ct: Ct);

        Assert.Equal("already_qualified", Code(await Qualifying(shop).Qualify(viewer, lead, new(QualificationStage.Mql, All), ct: Ct)));
        Assert.Equal("own_judgement", Code(await Judging(shop).Accept(viewer, lead, ct: Ct)));
        Assert.IsType<LeadResult.NotFound>(await Qualifying(shop).Qualify(await shop.As(await shop.Hire("Other")), lead, new(QualificationStage.Sql, Sales), ct: Ct));
    }

    [Theory, OnBothDatabases]
    public async Task An_mql_that_nobody_owns_is_assigned_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var landing = await shop.Submit(shop.Lead());
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var zhang = await shop.Hire("Zhang");

        Assert.IsType<LeadResult.Done>(await Qualifying(shop).Qualify(boss, landing.LeadId, new(QualificationStage.Mql, All), ct: Ct));

        Assert.Equal(zhang, (await shop.Stored(landing.LeadId)).OwnerId);
        await shop.HoldingsAreExact();
    }

    private static async Task<(Guid Owner, Guid Lead)> Owned(Shop shop, string role)
    {
        var owner = await shop.Hire("Sdr", role);
        var landing = await shop.Submit(shop.Lead());
        var boss = await shop.As(await shop.Hire("Assigner", BuiltInRoles.LeadAdministrator));
        if ((await shop.Stored(landing.LeadId)).OwnerId != owner)
        {
            Assert.IsType<LeadResult.Done>(await shop.Assigning.Assign(boss, landing.LeadId, owner, ct: Ct));
        }

        return (owner, landing.LeadId);
    }

    private static QualifyLead Qualifying(Shop shop) => new(shop.Verb);

    private static JudgeQualification Judging(Shop shop) => new(shop.Verb);

    private static Task<LeadQualification> Single(Shop shop) => shop.Read(db => db.Set<LeadQualification>().SingleAsync(Ct));

    private static string Code(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;
}
