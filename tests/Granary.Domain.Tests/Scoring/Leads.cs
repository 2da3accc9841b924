using Granary.Domain.Capture;
using Granary.Domain.Scoring;

namespace Granary.Domain.Tests.Scoring;

/// <summary>Leads as these tests speak of them.</summary>
internal static class Leads
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 30, 0, TimeSpan.Zero);

    public static LeadFacts Facts(CompanySize? size = null, BuyingRole? role = null, BudgetMatch? match = null) => new()
    {
        Company = new CompanyDetails { Size = size },
        ContactRole = role,
        Budget = new Budget(null, null, match),
        OfferAmount = ScoreModel.BuiltIn.OfferAmount,
    };

    public static Score Scored(this LeadFacts facts, params TouchTally[] touches) => Scorer.Score(ScoreModel.BuiltIn, facts, touches, Now);

    public static decimal Sum(this Score score, ScoreDimension dimension) =>
        score.Lines.Where(line => line.Dimension == dimension).Sum(line => line.Points);
}
