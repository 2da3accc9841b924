using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>Lets the demo's people convert leads and lead opportunities through their stages, one step a day at the most.</summary>
internal sealed class DemoDeals(Store store, Vault vault, SettingCache settings, DemoClock clock, Random random, DemoJourneys journeys)
{
    private static readonly decimal[] Amounts = [86_000m, 128_000m, 240_000m, 365_000m, 480_000m, 760_000m, 1_080_000m, 1_650_000m];

    private readonly OpportunityVerb _verb = new(store, settings, clock);

    /// <summary>Lives through a working day.</summary>
    public async Task Live(CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        List<Opportunity> open;
        await using (var db = store.Open())
        {
            open = await db.Set<Opportunity>().AsNoTracking().Where(o => o.ClosedAt == null).OrderBy(o => o.Code).ToListAsync(ct);
        }

        foreach (var deal in open.Where(_ => random.Next(10) < 4))
        {
            await Step(setting, deal, ct);
        }

        for (var n = random.Next(1, 3); n > 0; n--)
        {
            await Convert(setting, ct);
        }
    }

    private async Task Convert(Setting setting, CancellationToken ct)
    {
        await using var db = store.Open();
        var (working, ofEvent) = (db.Set<Lead>().AsNoTracking().Where(l => l.Status == LeadStatus.Working && l.CompanyName != null && l.OwnerId != null), random.Next(3) == 0);
        // One in three deals comes of the event that was.
        var lead = await (ofEvent ? working.Where(l => l.Campaign == DemoNames.Past) : working)
            .OrderByDescending(l => l.Score).ThenBy(l => l.ReceivedAt).Skip(random.Next(ofEvent ? 3 : 40)).FirstOrDefaultAsync(ct);
        if (lead is null || setting.ViewerOf(lead.OwnerId!.Value) is not { } owner)
        {
            return;
        }

        if (setting.People.Values.Where(p => p.Roles.Contains(BuiltInRoles.Administrator)).OrderBy(p => p.Id, IdOrder.Instance).Select(p => setting.ViewerOf(p.Id)).FirstOrDefault() is { } reporter)
        {
            await journeys.Tell(reporter, lead, ct);
        }

        var amount = Amounts[random.Next(Amounts.Length)];
        var criteria = new ConversionCriteria
        {
            Intention = true,
            BudgetConfirmed = random.Next(3) > 0,
            Budget = amount,
            DecisionMaker = random.Next(2) == 0,
            Date = setting.Calendar.DateOf(clock.Now).AddDays(random.Next(15, 120)),
        };
        await new ConvertLead(new LeadVerb(store, settings, clock), vault, []).Convert(owner, lead.Id, new ConversionInput(criteria, Opportunity: new ConversionOpportunity { Amount = amount }), ct: ct);
    }

    private Task Step(Setting setting, Opportunity deal, CancellationToken ct)
    {
        var owner = setting.ViewerOf(deal.OwnerId);
        var decider = setting.People.Values.OrderBy(p => p.Id, IdOrder.Instance).Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>()
            .Where(v => v.Decides(deal) >= DecidePlan.Needed(deal)).OrderBy(v => v.Owners(Permission.DecideOpportunities)?.Count ?? int.MaxValue).FirstOrDefault();
        return owner is null || decider is null ? Task.CompletedTask
            : random.Next(14) == 0 ? Lose(owner, deal, ct)
            : deal.Stage switch
            {
                "identify" => Identify(owner, decider, deal, ct),
                "evaluate" => Evaluate(owner, deal, ct),
                "propose" => Propose(owner, decider, deal, ct),
                "negotiate" => Negotiate(owner, deal, ct),
                _ => Contract(setting, owner, deal, ct),
            };
    }

    private async Task Identify(Viewer owner, Viewer decider, Opportunity deal, CancellationToken ct)
    {
        var grading = new GradeOpportunity(_verb);
        var evaluation = new Evaluation(
            Evaluation.UrgencyOf(deal.ExpectedOn, DateOnly.FromDateTime(clock.Now.Date)), Evaluation.ClassOf(deal.Amount), (Competition)random.Next(1, 4), (DecisionComplexity)random.Next(1, 4));
        await grading.Evaluate(owner, deal.Id, evaluation, ct: ct);
        // A few wait for the supervisor when somebody looks into the demo.
        if (random.Next(5) > 0)
        {
            await grading.Confirm(decider, deal.Id, random.Next(3) == 0 ? "同意，尽快约见关键人" : null, ct: ct);
        }

        await Move(owner, deal, "evaluate", ct);
    }

    private async Task Evaluate(Viewer owner, Opportunity deal, CancellationToken ct)
    {
        var writing = new WritePaper(_verb);
        await writing.Write(owner, deal.Id, DemoPapers.Pains, ct: ct);
        await writing.Write(owner, deal.Id, DemoPapers.Deciders(random), ct: ct);
        await writing.Write(owner, deal.Id, new ProjectCharter("两个月内签约", "负责人、售前顾问、区域主管", "演示环境、样板客户走访"), ct: ct);
        var (grade, why) = random.Next(3) switch { 0 => (InquiryGrade.A, "关键人口头承诺，参数按我方写"), 1 => (InquiryGrade.B, "预算已批，对手也在接触"), _ => (InquiryGrade.C, "使用部门倾向对手") };
        await new GradeOpportunity(_verb).ChangeInquiry(owner, deal.Id, grade, why, ct: ct);
        await Move(owner, deal, "propose", ct);
    }

    private async Task Propose(Viewer owner, Viewer decider, Opportunity deal, CancellationToken ct)
    {
        var planning = new DecidePlan(_verb);
        await new WritePaper(_verb).Write(owner, deal.Id, DemoPapers.Plan(deal, DateOnly.FromDateTime(clock.Now.Date)), ct: ct);
        await new WritePaper(_verb).Write(owner, deal.Id, DemoPapers.Vision, ct: ct);
        await planning.Submit(owner, deal.Id, ct: ct);
        if (random.Next(4) > 0)
        {
            await planning.Approve(decider, deal.Id, ct: ct);
            await Move(owner, deal, "negotiate", ct);
        }
    }

    private async Task Negotiate(Viewer owner, Opportunity deal, CancellationToken ct)
    {
        var objecting = new HandleObjection(_verb);
        var (text, answer) = DemoPapers.Objections[random.Next(DemoPapers.Objections.Count)];
        if (await objecting.Raise(owner, deal.Id, text, random.Next(4) == 0, ct) is OpportunityResult.Done { Id: { } raised } && random.Next(5) > 0)
        {
            await objecting.Answer(owner, deal.Id, raised, answer, true, ct);
            await objecting.Settle(owner, deal.Id, raised, ObjectionOutcome.Resolved, null, ct);
            await Move(owner, deal, "contract", ct);
        }
    }

    private async Task Contract(Setting setting, Viewer owner, Opportunity deal, CancellationToken ct)
    {
        var contracts = new HandleContract(_verb);
        var today = setting.Calendar.DateOf(clock.Now);
        await contracts.Write(owner, deal.Id, new ContractInput($"HT-{deal.Code[^4..]}", deal.Amount, "按验收清单逐项验收", "签约三成，验收七成", "逾期按日万分之五", []), ct: ct);
        await contracts.Step(owner, deal.Id, ContractStep.Submit, ct: ct);
        var legal = setting.People.Values.Where(p => p.Grants.ContainsKey(Permission.ReviewContracts)).OrderBy(p => p.Id, IdOrder.Instance).Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>().FirstOrDefault();
        if (legal is null || random.Next(3) == 0)
        {
            return;
        }

        await contracts.Step(legal, deal.Id, ContractStep.Clear, ct: ct);
        await contracts.Step(owner, deal.Id, ContractStep.Sign, ct: ct);
        await contracts.Pay(owner, deal.Id, new Payment(PaymentKind.Received, decimal.Round(deal.Amount * 0.3m, 2), deal.Currency, today), "首付款", ct);
        await new WritePaper(_verb).Write(owner, deal.Id, new SuccessCase("手工排产，交期靠经验", "排产与报工一体，样板产线先行", "交期准确率从 71% 到 93%"), ct: ct);
        await Move(owner, deal, "won", ct);
    }

    private async Task Lose(Viewer owner, Opportunity deal, CancellationToken ct)
    {
        await new WritePaper(_verb).Write(owner, deal.Id, new LossReport((LossReason)random.Next(1, 6), "同行厂商", "客户在比价后选择了另一家，我方报价高一成。", "更早接触财务，先谈总成本"), ct: ct);
        await new MoveStage(_verb).Move(owner, deal.Id, "lost", ct: ct);
    }

    private async Task Move(Viewer owner, Opportunity deal, string to, CancellationToken ct)
    {
        var moving = new MoveStage(_verb);
        var setting = await settings.Get(ct);
        if (setting.Opportunities.Line(deal.Line)?.Stage(deal.Stage) is { } stage)
        {
            await moving.Tick(owner, deal.Id, stage.Id, [.. stage.Exit.Select(c => c.Id)], ct: ct);
        }

        await moving.Move(owner, deal.Id, to, ct: ct);
    }
}
