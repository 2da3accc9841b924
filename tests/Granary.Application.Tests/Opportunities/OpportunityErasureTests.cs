using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Application.Tests.Privacy;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class OpportunityErasureTests
{
    private const string Name = "欧阳若兮", Company = "上海若水机械有限公司";

    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task Words_about_a_person_go_from_their_opportunities_and_from_those_of_their_account_that_name_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var (seller, officer, phone) = (await shop.As(await shop.Hire("Zhang")), await privacy.Officer(), shop.NewPhone());
        var spaced = $"{phone[..3]} {phone[3..7]} {phone[7..]}";
        var own = await Deal(shop, seller, new ContactDetails { Name = Name, Phones = [phone] });
        var near = await Deal(shop, seller, new ContactDetails { Name = "李四", Phones = [shop.NewPhone()] });
        Assert.Equal(own.AccountId, near.AccountId);
        await WorkOnOwn(shop, seller, own.Id);
        await WorkOnNear(shop, seller, near, spaced);

        var found = await privacy.Reading.Search(officer, [phone], Ct);
        Assert.All(new[] { "opportunity", "opportunity_paper", "opportunity_words", "opportunity_event", "account" }, part => Assert.True(found!.Counts[part] > 0, part));
        var request = await privacy.Ask(officer, PersonRequestKind.Erase, phone);
        Assert.Equal(PersonRequestState.Done, (await privacy.Do(officer, request.Id)).State);

        Assert.All(new[] { Name, phone, spaced, "岳父" }, text => Assert.Equal([], privacy.TablesWith(text).Result));
        Assert.True((await privacy.Reading.Search(officer, [phone], Ct))!.IsEmpty);
        var (ownNow, nearNow) = ((await shop.Opportunities.Find(seller, own.Id, Ct))!, (await shop.Opportunities.Find(seller, near.Id, Ct))!);
        Assert.Equal((480_000m, 100_000m, "—"), (ownNow.Contract!.Amount, ownNow.Paid!.Net, ownNow.Opportunity.Name));
        Assert.Equal(["价格太高", "—"], nearNow.Objections.Select(o => o.Text).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal((near.Name, "先款后货"), (nearNow.Opportunity.Name, nearNow.Contract!.Payment));
        Assert.Null(nearNow.Contract.Delivery);
        Assert.Equal(["—", "李四"], nearNow.Paper<DecisionChain>(PaperKind.DecisionChain)!.People.Select(p => p.Name));
        var account = await shop.Read(db => db.Set<Account>().SingleAsync(Ct));
        Assert.Equal((Company, (string?)null), (account.Name, account.Note));
        var (events, _) = await shop.Opportunities.Timeline(seller, own.Id, null, Ct);
        Assert.Contains(events, e => e.Kind == OpportunityEvent.Edited && e.Data.Contains("480000", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task A_copy_for_somebody_else_of_the_account_says_nothing_of_what_does_not_name_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var (seller, officer, phone) = (await shop.As(await shop.Hire("Zhang")), await privacy.Officer(), shop.NewPhone());
        await WorkOnOwn(shop, seller, (await Deal(shop, seller, new ContactDetails { Name = Name, Phones = [shop.NewPhone()] })).Id);
        await Deal(shop, seller, new ContactDetails { Name = "李四", Phones = [phone] });

        var found = await privacy.Reading.Search(officer, [phone], Ct);

        Assert.Equal((1, 0, 0), (found!.Counts["opportunity"], found.Counts["opportunity_words"], found.Counts["account"]));
    }

    private static async Task<Opportunity> Deal(Shop shop, Viewer seller, ContactDetails contact)
    {
        var landing = await shop.Submit(shop.Lead() with { Contact = contact });
        if ((await shop.Stored(landing.LeadId)).OwnerId != seller.UserId)
        {
            await shop.Assigning.Assign(await shop.As(await shop.Hire("Assigner", BuiltInRoles.LeadAdministrator)), landing.LeadId, seller.UserId, ct: Ct);
        }

        var (_, conversion) = await shop.Converting.Convert(
            seller, landing.LeadId, new ConversionInput(Deals.All, new ConversionAccount(Name: Company), new ConversionOpportunity { Name = $"{contact.Name}的项目", Amount = 500_000m }), ct: Ct);
        return await shop.Opportunity(conversion!.OpportunityId);
    }

    private static async Task WorkOnOwn(Shop shop, Viewer seller, Guid id)
    {
        Done(await shop.Changing.Edit(seller, id, o => o with { Amount = 480_000m, Custom = new Dictionary<string, string> { ["备注"] = $"{Name}喜欢喝茶" } }, ct: Ct));
        Done(await shop.Grading.ChangeInquiry(seller, id, InquiryGrade.A, $"{Name}已答应", ct: Ct));
        Done(await shop.Grading.Evaluate(seller, id, new Evaluation(Urgency.Urgent, BudgetClass.Medium, Competition.Advantage, DecisionComplexity.Medium), $"{Name}说很急", ct: Ct));
        var objection = Done(await shop.Objecting.Raise(seller, id, "岳父不同意", false, Ct)).Id!.Value;
        Done(await shop.Objecting.Answer(seller, id, objection, $"请{Name}解释", true, Ct));
        Done(await shop.Objecting.Settle(seller, id, objection, ObjectionOutcome.Resolved, "岳父同意了", Ct));
        Done(await shop.Writing.Write(seller, id, new Vision("岳父满意", []), ct: Ct));
        await shop.Sign(seller, id, 480_000m);
        await Write(shop, db => db.Set<OpportunityContract>().Where(c => c.OpportunityId == id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Delivery, $"{Name}验收").SetProperty(x => x.Breach, "岳父担保").SetProperty(x => x.Reason, "岳父"), Ct));
        Done(await shop.Contracts.Pay(seller, id, new Payment(PaymentKind.Received, 100_000m, "CNY", new DateOnly(2026, 3, 1)), $"{Name}转账", Ct));
        await Write(shop, async db =>
        {
            db.Add(new OpportunityHandover { OpportunityId = id, ReceiverId = seller.UserId, Customer = Name, Needs = "岳父要快", Terms = $"找{Name}", Comment = "岳父", ActorId = seller.UserId });
            return await db.SaveChangesAsync(Ct);
        });
    }

    private static async Task WorkOnNear(Shop shop, Viewer seller, Opportunity near, string phone)
    {
        Done(await shop.Objecting.Raise(seller, near.Id, "价格太高", false, Ct));
        shop.Wait();
        Done(await shop.Objecting.Raise(seller, near.Id, $"有事打 {phone}", false, Ct));
        Done(await shop.Writing.Write(seller, near.Id, new DecisionChain([new() { Id = "a", Name = Name }, new() { Id = "b", Name = "李四" }]), ct: Ct));
        Done(await shop.Contracts.Write(seller, near.Id, new ContractInput("HT-2", 10, $"{Name}验收", "先款后货", null, []), ct: Ct));
        Done(await shop.Changing.Transfer(seller, near.Id, await shop.Hire("Li"), $"{Name}要求换人", ct: Ct));
        await Write(shop, db => db.Set<Opportunity>().Where(o => o.Id == near.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.OwnerId, seller.UserId), Ct));
        await Write(shop, db => db.Set<Account>().Where(a => a.Id == near.AccountId).ExecuteUpdateAsync(a => a.SetProperty(x => x.Note, $"关键人{Name}"), Ct));
    }

    private static Task<int> Write(Shop shop, Func<GranaryDb, Task<int>> write) => shop.Store.Write(scope => write(scope.Db), Ct);

    private static OpportunityResult.Done Done(OpportunityResult result) => Assert.IsType<OpportunityResult.Done>(result);
}
