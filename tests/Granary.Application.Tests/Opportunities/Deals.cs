using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Review;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

/// <summary>Opportunities in a shop.</summary>
internal static class Deals
{
    /// <summary>Criteria of which all hold.</summary>
    public static readonly ConversionCriteria All = new() { Intention = true, BudgetConfirmed = true, Budget = 500_000m, DecisionMaker = true, Date = new DateOnly(2026, 12, 1) };

    extension(Shop shop)
    {
        public ConvertLead Converting => new(shop.Verb, shop.Vault, [new ReviewedConversion()]);

        public UndoConversion Undoing => new(shop.Verb, shop.Vault, [new ReviewedConversion()]);

        public OpportunityVerb Dealing => new(shop.Store, shop.Settings, shop.Time);

        public MoveStage Stages => new(shop.Dealing);

        public GradeOpportunity Grading => new(shop.Dealing);

        public WritePaper Writing => new(shop.Dealing);

        public DecidePlan Planning => new(shop.Dealing);

        public HandleContract Contracts => new(shop.Dealing);

        public HandOver Handing => new(shop.Dealing);

        public HandleObjection Objecting => new(shop.Dealing);

        public EditOpportunity Changing => new(shop.Dealing);

        public ReadOpportunity Opportunities => new(shop.Store);

        /// <summary>Somebody with a lead of theirs.</summary>
        public async Task<(Guid Owner, Guid Lead)> OwnedLead(string? company = "北京纷扬科技有限公司", string name = "Zhang")
        {
            var owner = await shop.Hire(name);
            var landing = await shop.Submit(shop.Lead(company: company));
            if ((await shop.Stored(landing.LeadId)).OwnerId != owner)
            {
                var boss = await shop.As(await shop.Hire("Assigner", BuiltInRoles.LeadAdministrator));
                await shop.Assigning.Assign(boss, landing.LeadId, owner, ct: Shop.Ct);
            }

            return (owner, landing.LeadId);
        }

        /// <summary>An opportunity of somebody, made of a lead of theirs.</summary>
        public async Task<(Viewer Owner, Opportunity Deal)> Deal(string name = "Zhang", decimal amount = 500_000m)
        {
            var (owner, lead) = await shop.OwnedLead(company: null, name);
            var viewer = await shop.As(owner);
            var (_, conversion) = await shop.Converting.Convert(
                viewer, lead, new ConversionInput(All, new ConversionAccount(Name: $"上海{name}机械有限公司"), new ConversionOpportunity { Amount = amount }), ct: Shop.Ct);
            return (viewer, await shop.Opportunity(conversion!.OpportunityId));
        }

        /// <summary>Lets a moment pass, so that what is made next is later.</summary>
        public void Wait() => ((FakeClock)shop.Time).Advance(TimeSpan.FromMilliseconds(1));

        /// <summary>An opportunity as it stands.</summary>
        public Task<Opportunity> Opportunity(Guid id) => shop.Read(db => db.Set<Opportunity>().AsNoTracking().SingleAsync(o => o.Id == id, Shop.Ct));

        /// <summary>Puts people into one department, so that supervisors reach their team.</summary>
        public Task Team(params Guid[] people) => shop.Settings.Change(
            async scope =>
            {
                var department = new Department { Id = Guid.CreateVersion7(shop.Time.GetUtcNow()), Name = "East" };
                scope.Db.Add(department);
                await scope.Db.Users.Where(u => people.Contains(u.Id)).ExecuteUpdateAsync(u => u.SetProperty(x => x.DepartmentId, department.Id), Shop.Ct);
            },
            Shop.Ct);

        /// <summary>Ticks every line of every stage, so that only what else is asked for stands in the way.</summary>
        public async Task TickAll(Viewer viewer, Guid id)
        {
            foreach (var stage in OpportunityPolicy.BuiltIn.Lines[0].Stages.Where(s => s.Exit.Count > 0))
            {
                Assert.IsType<OpportunityResult.Done>(await shop.Stages.Tick(viewer, id, stage.Id, [.. stage.Exit.Select(c => c.Id)], ct: Shop.Ct));
            }
        }

        /// <summary>Signs a contract of an amount.</summary>
        public async Task Sign(Viewer owner, Guid id, decimal amount)
        {
            var legal = await shop.As(await shop.Hire("Legal", "legal"));
            Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Write(owner, id, new ContractInput("HT-1", amount, "验收合格", "三期", "违约金 5%", []), ct: Shop.Ct));
            Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Step(owner, id, ContractStep.Submit, ct: Shop.Ct));
            Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Step(legal, id, ContractStep.Clear, ct: Shop.Ct));
            Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Step(owner, id, ContractStep.Sign, ct: Shop.Ct));
        }
    }

    /// <summary>The code of a refusal.</summary>
    public static string Code(OpportunityResult result) => Assert.IsType<OpportunityResult.Refused>(result).Code;

    /// <summary>The field that is wrong.</summary>
    public static string Field(OpportunityResult result) => Assert.IsType<OpportunityResult.Invalid>(result).Errors[0].Field;
}
