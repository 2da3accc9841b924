using Granary.Application.Ownership;
using Granary.Application.Privacy;
using Granary.Application.Review;
using Granary.Application.Tests.Privacy;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Review;
using Granary.Testing;

namespace Granary.Application.Tests.Review;

public sealed class ReviewErasureTests
{
    private const string Secret = "其岳父是副总";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_was_said_in_reviews_about_a_person_goes_with_them_and_the_figures_stay(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var officer = await privacy.Officer();
        var members = await shop.Committee();
        var seller = await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var phone = shop.NewPhone();
        var lead = (await shop.Submit(shop.Lead(phone, "北京纷扬科技有限公司"))).LeadId;
        await shop.Assigning.Assign(boss, lead, seller, ct: Ct);
        var owner = await shop.As(seller);
        await shop.Applying.Submit(owner, lead, new ReviewApplication(Summary: Secret), ct: Ct);
        await shop.Checking.Check(boss, lead, new CompletenessCheck(true, Secret), ct: Ct);
        await shop.Voicing.Voice(members[0], lead, new OpinionInput(ReviewVerdict.Approve, Secret, Committees.Large), ct: Ct);
        await shop.Approve(members[1], lead);
        await shop.Milestones.Write(owner, lead, [new(null, Secret, new DateOnly(2026, 3, 9))], ct: Ct);
        await shop.Looking.Look(members[0], lead, new LookInput(LookOutcome.Regrade, Committees.Small, Secret), ct: Ct);
        Assert.IsType<LeadResult.Done>(await shop.Papers.Write(owner, lead, new DecisionChain([new DecisionPerson { Id = "d1", Name = Secret }]), ct: Ct));
        Assert.True((await privacy.Reading.Search(officer, [phone], Ct))!.Counts["lead_review"] > 0);

        await privacy.Do(officer, (await privacy.Ask(officer, PersonRequestKind.Erase, phone)).Id);

        Assert.Equal([], await privacy.TablesWith(Secret));
        var review = await shop.ReviewOf(lead);
        Assert.Equal((ReviewState.Approved, ProjectGrade.C, 1_999_999.99m), (review.State, review.Grade, review.Amount));
        Assert.Equal(new ReviewKpi(1, 1, 0), (await shop.Figures.Of(boss, ReviewFiguresBy.Owner, new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), ct: Ct)).Total);
    }
}
