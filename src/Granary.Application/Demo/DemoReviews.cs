using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>Lets the demo's people bring large leads before the committee, and incubate those that pass.</summary>
internal sealed class DemoReviews(Store store, SettingCache settings, DemoClock clock, Random random)
{
    private const decimal From = 800_000m;

    private static readonly string[] Summaries = ["总部数字化专项，已立项，年内要选型", "新厂区投产前要上系统，工期明确", "集团统一平台招标前的技术交流", "老客户二期扩容，需要总部资源支持"];

    private static readonly string[] Against = ["预算未经财务确认，先补立项依据", "采购时间过远，暂不投入资源", "需求与产品能力差距较大"];

    private readonly LeadVerb _verb = new(store, settings, clock);

    /// <summary>The policy: leads with a large budget, a committee of those who may review, its chair the sales director.</summary>
    public static ReviewPolicy Policy(Setting setting)
    {
        var members = setting.People.Values.Where(p => p.Grants.ContainsKey(Permission.ReviewLeads) && !p.Roles.Contains(BuiltInRoles.Administrator)).OrderBy(p => p.Id, IdOrder.Instance).ToList();
        return new ReviewPolicy
        {
            Lines =
            [
                new ReviewRule
                {
                    Line = "default",
                    When = [new Condition("budget.max", Comparison.AtLeast, [$"{From:0}"])],
                    Members = [.. members.Select(m => m.Id)],
                    Chair = members.Find(m => m.Roles.Contains(BuiltInRoles.SalesDirector))?.Id,
                    RequiredFields = ["company.name", "contact.name", "budget"],
                    StatusReviewDays = 10,
                    Milestones = [new("pains_found", 4), new("interest_raised", 8), new("pains_agreed", 14), new("decision_chain_known", 21), new("vision_agreed", 30)],
                },
            ],
        };
    }

    /// <summary>Lives through a working day.</summary>
    public async Task Live(CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        var open = await db.Set<LeadReview>().AsNoTracking().Where(r => r.State <= ReviewState.Approved).OrderBy(r => r.Id).ToListAsync(ct);
        foreach (var review in open)
        {
            await Step(db, setting, review, ct);
        }

        var known = db.Set<LeadReview>().Select(r => r.LeadId);
        var next = await db.Set<Lead>().AsNoTracking().Where(l => l.Status == LeadStatus.Working && l.OwnerId != null && l.CompanyName != null && l.BudgetMax >= From && !known.Contains(l.Id))
            .OrderByDescending(l => l.Score).ThenBy(l => l.Id).FirstOrDefaultAsync(ct);
        if (next is not null && setting.ViewerOf(next.OwnerId!.Value) is { } owner)
        {
            await new SubmitReview(_verb).Submit(owner, next.Id, new ReviewApplication(null, Summaries[random.Next(Summaries.Length)]), ct: ct);
        }
    }

    private async Task Step(GranaryDb db, Setting setting, LeadReview review, CancellationToken ct)
    {
        if (setting.Reviews.Of(review.Line) is not { } rule)
        {
            return;
        }

        switch (review.State)
        {
            case ReviewState.Checking when random.Next(10) < 8 && setting.ViewerOf(setting.People.Values.First(p => p.Roles.Contains(BuiltInRoles.LeadAdministrator)).Id) is { } admin:
                var complete = random.Next(8) > 0;
                await new CheckReview(_verb).Check(admin, review.LeadId, new CompletenessCheck(complete, complete ? null : "缺少项目时间和决策人信息，请补充后再提交"), ct: ct);
                break;
            case ReviewState.Opinions:
                foreach (var member in rule.Members.Where(_ => random.Next(10) < 6).Select(setting.ViewerOf).OfType<Viewer>())
                {
                    await Voice(member, review, ct);
                }

                break;
            case ReviewState.Approved:
                await Incubate(db, setting, rule, review, ct);
                break;
        }
    }

    private Task<LeadResult> Voice(Viewer member, LeadReview review, CancellationToken ct)
    {
        var against = random.Next(9) switch { 0 => ReviewVerdict.Return, 1 => ReviewVerdict.Reject, _ => ReviewVerdict.Approve };
        return new VoiceReview(_verb).Voice(
            member,
            review.LeadId,
            against == ReviewVerdict.Approve
                ? new OpinionInput(against, null, new GradeElements(new[] { 900_000m, 2_400_000m, 5_600_000m }[random.Next(3)], new[] { 0.3m, 0.6m, 0.8m }[random.Next(3)], (CustomerClass)random.Next(1, 4)))
                : new OpinionInput(against, Against[random.Next(Against.Length)]),
            ct: ct);
    }

    private async Task Incubate(GranaryDb db, Setting setting, ReviewRule rule, LeadReview review, CancellationToken ct)
    {
        var lead = await db.Set<Lead>().AsNoTracking().SingleAsync(l => l.Id == review.LeadId, ct);
        if (lead.OwnerId is not { } ownerId || setting.ViewerOf(ownerId) is not { } owner)
        {
            return;
        }

        var today = setting.Calendar.DateOf(clock.Now);
        if (!await db.Set<LeadPaper>().AnyAsync(p => p.LeadId == lead.Id, ct))
        {
            var writing = new WriteLeadPaper(_verb, store, settings);
            await writing.Write(owner, lead.Id, DemoPapers.Pains, ct: ct);
            await writing.Write(owner, lead.Id, DemoPapers.Deciders(random), ct: ct);
            await writing.Write(owner, lead.Id, new Interest([new(InterestKind.SuccessCase, "同行业样板产线：交期准确率从 71% 到 93%", "p4", "希望走访样板客户"), new(InterestKind.Technology, "有限产能排产算法", "p1")]), ct: ct);
        }

        foreach (var step in await db.Set<ReviewStep>().AsNoTracking().Where(s => s.ReviewId == review.Id && s.DoneOn == null && s.DueOn <= today).ToListAsync(ct))
        {
            if (random.Next(10) < 6)
            {
                await new PlanReview(_verb).Done(owner, lead.Id, step.Id, true, ct: ct);
            }
        }

        if (review.LookOn <= today && random.Next(10) < 4 && setting.ViewerOf(rule.Members[random.Next(rule.Members.Count)]) is { } member)
        {
            await new LookReview(_verb).Look(member, lead.Id, random.Next(6) switch
            {
                0 => new LookInput(LookOutcome.Close, Reason: "客户冻结了今年的投资"),
                1 => new LookInput(LookOutcome.Regrade, new GradeElements(1_200_000m, 0.6m, CustomerClass.Other), "项目分期，首期金额下调"),
                _ => new LookInput(LookOutcome.Confirm),
            }, ct: ct);
        }
    }
}
