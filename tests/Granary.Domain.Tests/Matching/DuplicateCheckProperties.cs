using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Matching;

namespace Granary.Domain.Tests.Matching;

public sealed class DuplicateCheckProperties
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<MatchCandidate> Candidate =
        from target in Gen.Elements(MatchTarget.Account, MatchTarget.AccountContact, MatchTarget.Lead)
        from id in Gen.Choose(1, 9)
        from key in Gen.Elements(Enum.GetValues<MatchKeyKind>())
        from level in Gen.Elements(MatchLevel.Weak, MatchLevel.Strong, MatchLevel.Exact)
        from owner in Gen.Choose(0, 3)
        from source in Gen.Choose(0, 12)
        from days in Gen.Choose(-5, 200)
        from closed in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new MatchCandidate
        {
            Target = target,
            Id = Id(id),
            Key = key,
            Level = level,
            OwnerId = owner == 0 ? null : Id(100 + owner),
            SourceLeadId = source > 9 ? Id(source) : null,
            ReceivedAt = Now.AddDays(-days),
            Closed = closed,
        };

    private static readonly Arbitrary<MatchCandidate[]> Found = Candidate.ArrayOf().ToArbitrary();

    [Fact]
    public void The_order_of_the_candidates_never_matters() =>
        Prop.ForAll(Found, Gen.Elements(DuplicatePolicy.Business, DuplicatePolicy.Consumer).ToArbitrary(), (found, policy) =>
        {
            var one = DuplicateCheck.Decide(policy, found, Now);
            var other = DuplicateCheck.Decide(policy, [.. found.Reverse()], Now);
            return (one.Outcome, one.TargetLeadId, one.SourceLeadId, one.AccountId, one.Rule) == (other.Outcome, other.TargetLeadId, other.SourceLeadId, other.AccountId, other.Rule)
                && one.PossibleDuplicates.SequenceEqual(other.PossibleDuplicates);
        }).Check(Run.Property);

    [Fact]
    public void A_closed_lead_never_decides() =>
        Prop.ForAll(Found, found =>
        {
            var all = DuplicateCheck.Decide(DuplicatePolicy.Business, found, Now);
            var open = DuplicateCheck.Decide(DuplicatePolicy.Business, [.. found.Where(c => !c.Closed)], Now);
            return (all.Outcome, all.SourceLeadId, all.AccountId) == (open.Outcome, open.SourceLeadId, open.AccountId);
        }).Check(Run.Property);

    [Fact]
    public void Each_outcome_names_what_it_needs_and_why() =>
        Prop.ForAll(Found, found =>
        {
            var decision = DuplicateCheck.Decide(DuplicatePolicy.Business, found, Now);
            return decision.Reasons.Count > 0
                && decision.Reasons.All(reason => reason.Step == "match")
                && (decision.SourceLeadId is not null) == (decision.Outcome == MatchOutcome.Linked)
                && (decision.AccountId is not null) == (decision.Outcome == MatchOutcome.ConvertedToExisting)
                && decision.TargetLeadId is null;
        }).Check(Run.Property);

    private static Guid Id(int n) => new(n, 0, 0, new byte[8]);
}
