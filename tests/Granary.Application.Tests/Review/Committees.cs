using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Review;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Review;

/// <summary>Reviews in a shop.</summary>
internal static class Committees
{
    /// <summary>Elements that make an A and a C.</summary>
    public static readonly GradeElements Large = new(5_000_000m, 0.5m, CustomerClass.Other), Small = new(1_999_999.99m, 0m, CustomerClass.StrategicIndustry);

    extension(Shop shop)
    {
        public SubmitReview Applying => new(shop.Verb);

        public CheckReview Checking => new(shop.Verb);

        public VoiceReview Voicing => new(shop.Verb);

        public PlanReview Milestones => new(shop.Verb);

        public LookReview Looking => new(shop.Verb);

        public RemindReviews Reminding => new(shop.Verb, shop.Store, shop.Time);

        public ReadReviews Reviews => new(shop.Store, shop.Settings);

        public ListReviews Register => new(shop.Store, shop.Settings, shop.Time);

        public ReviewFigures Figures => new(shop.Store, shop.Settings);

        public WriteLeadPaper Papers => new(shop.Verb, shop.Store, shop.Settings);

        /// <summary>Hires members of a committee and puts the business line under review.</summary>
        public async Task<Viewer[]> Committee(int members = 3, CommitteeRule rule = CommitteeRule.Majority, bool chair = true, Func<ReviewRule, ReviewRule>? with = null)
        {
            List<Guid> ids = [];
            for (var i = 0; i < members; i++)
            {
                ids.Add(await shop.Hire($"Member {i}", "review_committee"));
            }

            var made = new ReviewRule { Line = "default", Members = ids, Chair = chair ? ids[0] : null, Rule = rule, RequiredFields = ["company.name", "contact.name", "budget"] };
            await shop.Publish(PolicyKind.Review, new ReviewPolicy { Lines = [with?.Invoke(made) ?? made] });
            List<Viewer> viewers = [];
            foreach (var id in ids)
            {
                viewers.Add(await shop.As(id));
            }

            return [.. viewers];
        }

        /// <summary>A lead of somebody, applied for and passed on to the committee.</summary>
        public async Task<(Viewer Owner, Viewer Admin, Guid Lead)> Applied(string name = "Zhang", bool passed = true)
        {
            var (owner, lead) = await shop.OwnedLead(name: name);
            var admin = await shop.As(await shop.Hire("Admin", BuiltInRoles.LeadAdministrator));
            Assert.IsType<LeadResult.Done>(await shop.Applying.Submit(await shop.As(owner), lead, new ReviewApplication(Summary: "三期产线改造"), ct: Shop.Ct));
            if (passed)
            {
                Assert.IsType<LeadResult.Done>(await shop.Checking.Check(admin, lead, new CompletenessCheck(true), ct: Shop.Ct));
            }

            return (await shop.As(owner), admin, lead);
        }

        public Task<LeadResult> Approve(Viewer member, Guid lead, GradeElements? elements = null, Guid? to = null, int? seen = null) =>
            shop.Voicing.Voice(member, lead, new OpinionInput(ReviewVerdict.Approve, null, elements ?? Large, to), seen, Shop.Ct);

        public Task<LeadResult> Against(Viewer member, Guid lead, ReviewVerdict verdict) =>
            shop.Voicing.Voice(member, lead, new OpinionInput(verdict, "预算未落实"), ct: Shop.Ct);

        /// <summary>A lead whose review passed.</summary>
        public async Task<(Viewer Owner, Viewer[] Members, Guid Lead)> Passed(Func<ReviewRule, ReviewRule>? with = null)
        {
            var members = await shop.Committee(with: with);
            var (owner, _, lead) = await shop.Applied();
            foreach (var member in members[..2])
            {
                Assert.IsType<LeadResult.Done>(await shop.Approve(member, lead));
            }

            return (owner, members, lead);
        }

        /// <summary>The latest review of a lead.</summary>
        public Task<LeadReview> ReviewOf(Guid lead) => shop.Read(db => db.Set<LeadReview>().AsNoTracking().Where(r => r.LeadId == lead).OrderByDescending(r => r.Id).FirstAsync(Shop.Ct));

        /// <summary>Kinds of what happened to a lead in its review, in order.</summary>
        public Task<List<string>> Told(Guid lead) => shop.Read(db => db.Set<Granary.Application.Storage.EventRecord>()
            .Where(e => e.SubjectId == lead && e.Kind.StartsWith("lead.review")).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Shop.Ct));

        /// <summary>Who was told something about a lead.</summary>
        public Task<List<Guid>> Noticed(Guid lead, NoticeKind kind) => shop.Read(db => db.Set<Notice>().Where(n => n.SubjectId == lead && n.Kind == kind).Select(n => n.UserId).ToListAsync(Shop.Ct));
    }

    /// <summary>The code of a refusal.</summary>
    public static string Code(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;

    /// <summary>The fields that are wrong.</summary>
    public static IEnumerable<string> Fields(LeadResult result) => Assert.IsType<LeadResult.Invalid>(result).Errors.Select(e => e.Field);
}
