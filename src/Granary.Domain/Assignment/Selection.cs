using Granary.Domain.Policies;

namespace Granary.Domain.Assignment;

/// <summary>One rule looking at one circle: who can have the lead, narrowed to the wanted seniority and the nearest, and whom it chooses.</summary>
internal sealed class Selection
{
    private readonly AssignmentRule _rule;
    private readonly AssignmentCase _lead;
    private readonly Circle _circle;
    private readonly Ineligible[] _verdicts;

    public Selection(AssignmentRule rule, AssignmentCase lead, Circle circle, Eligibility eligibility)
    {
        (_rule, _lead, _circle) = (rule, lead, circle);
        _verdicts = new Ineligible[circle.Candidates.Length];
        for (var i = 0; i < _verdicts.Length; i++)
        {
            _verdicts[i] = eligibility.ForRule(rule, circle, circle.Candidates[i]);
        }

        NarrowToTier();
        NarrowToNearest();
    }

    /// <summary>Chooses among the eligible and takes their turn; null when there is none.</summary>
    public Candidate? Choose(AssignmentBoard board)
    {
        var eligible = Eligible();
        if (eligible.Length == 0)
        {
            return null;
        }

        var rotation = board.RotationOf(_rule.Id);
        return eligible[_rule.Method switch
        {
            AssignmentMethod.Designated => LeastLoaded(eligible, board),
            AssignmentMethod.Weighted or AssignmentMethod.ByPerformance => rotation.TakeShare(Ids(eligible), Weights(eligible)),
            _ => rotation.TakeTurn(Ids(eligible)),
        }];
    }

    /// <summary>Adds a line for everybody to the ledger.</summary>
    public void Record(List<CandidateVerdict> ledger)
    {
        for (var i = 0; i < _verdicts.Length; i++)
        {
            ledger.Add(new CandidateVerdict(_rule.Id, _circle.Candidates[i].Id, _verdicts[i]));
        }
    }

    private void NarrowToTier()
    {
        if (_rule.Method != AssignmentMethod.ByTier || Wanted() is not { } step)
        {
            return;
        }

        var some = false;
        for (var i = 0; i < _verdicts.Length && !some; i++)
        {
            some = _verdicts[i] == Ineligible.No && _circle.Candidates[i].Profile.Seniority == step.Seniority;
        }

        for (var i = 0; i < _verdicts.Length && (some || !_rule.Tier.OthersWhenNone); i++)
        {
            if (_verdicts[i] == Ineligible.No && _circle.Candidates[i].Profile.Seniority != step.Seniority)
            {
                _verdicts[i] = Ineligible.OtherTier;
            }
        }
    }

    private TierStep? Wanted()
    {
        for (var i = 0; i < _rule.Tier.Steps.Count; i++)
        {
            if (_rule.Tier.Steps[i].When.AllHold(_lead.Facts))
            {
                return _rule.Tier.Steps[i];
            }
        }

        return null;
    }

    private void NarrowToNearest()
    {
        if (!_rule.Require.MatchRegion || _lead.Facts.Region is null)
        {
            return;
        }

        var nearest = 0;
        for (var i = 0; i < _verdicts.Length; i++)
        {
            if (_verdicts[i] == Ineligible.No)
            {
                nearest = Math.Max(nearest, _circle.Candidates[i].Nearness(_lead.Facts.Region));
            }
        }

        for (var i = 0; i < _verdicts.Length; i++)
        {
            if (_verdicts[i] == Ineligible.No && _circle.Candidates[i].Nearness(_lead.Facts.Region) < nearest)
            {
                _verdicts[i] = Ineligible.FartherAway;
            }
        }
    }

    private Candidate[] Eligible()
    {
        var eligible = new Candidate[_verdicts.AsSpan().Count(Ineligible.No)];
        for (int i = 0, next = 0; next < eligible.Length; i++)
        {
            if (_verdicts[i] == Ineligible.No)
            {
                eligible[next++] = _circle.Candidates[i];
            }
        }

        return eligible;
    }

    private static int LeastLoaded(Candidate[] eligible, AssignmentBoard board)
    {
        var (chosen, least) = (0, (Holding: int.MaxValue, Taken: int.MaxValue));
        for (var i = 0; i < eligible.Length; i++)
        {
            var load = board.LoadOf(eligible[i].Id);
            if ((load.Holding, load.TakenToday).CompareTo(least) < 0)
            {
                (chosen, least) = (i, (load.Holding, load.TakenToday));
            }
        }

        return chosen;
    }

    private static Guid[] Ids(Candidate[] eligible)
    {
        var ids = new Guid[eligible.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = eligible[i].Id;
        }

        return ids;
    }

    private int[] Weights(Candidate[] eligible)
    {
        var weights = new int[eligible.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = _rule.Method == AssignmentMethod.Weighted
                ? Eligibility.Weight(_rule, eligible[i].Profile)
                : PerformanceWeights.Of(eligible[i].Conversion, _circle.MeanConversion, _rule.Performance);
        }

        return weights;
    }
}
