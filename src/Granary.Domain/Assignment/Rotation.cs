using System.Runtime.InteropServices;

namespace Granary.Domain.Assignment;

/// <summary>A user's place in the rotation of a rule.</summary>
/// <param name="Last">Number of the turn they last had; 0 before the first.</param>
/// <param name="Credit">Exact share so far less what they got, in leads; 0 outside shares by weight.</param>
public readonly record struct Turn(long Last, double Credit);

/// <summary>
/// Whose turn it is in a rule (§8 Fairness figures), by user; it is stored as it is. Those who are not eligible at a moment
/// keep their place and their credit: they are neither punished nor rewarded.
/// </summary>
public sealed class Rotation
{
    /// <summary>
    /// Credits are sums of shares w/W in floating point. True credits are multiples of 1/W, W at most 200 × 1,000: far above
    /// this bound, and errors stay far below it for a hundred million leads.
    /// </summary>
    private const double Rounding = 1e-6;

    private readonly Dictionary<Guid, Turn> _turns;
    private long _last;

    /// <summary>A rotation as it was stored.</summary>
    public Rotation(string ruleId, IReadOnlyDictionary<Guid, Turn> turns)
    {
        RuleId = ruleId;
        _turns = new Dictionary<Guid, Turn>(turns);
        foreach (var turn in _turns.Values)
        {
            _last = Math.Max(_last, turn.Last);
        }
    }

    /// <summary>The rule.</summary>
    public string RuleId { get; }

    /// <summary>Places by user.</summary>
    public IReadOnlyDictionary<Guid, Turn> Turns => _turns;

    /// <summary>Whether a turn was taken since it was stored.</summary>
    public bool Changed { get; private set; }

    /// <summary>
    /// Round robin: the one who waited longest since their last turn; before anybody had one, the order of ids. Users who
    /// are eligible for the same leads therefore alternate, and never differ by more than 1.
    /// </summary>
    /// <param name="eligible">Those who can have the lead, in the order of ids; at least one.</param>
    /// <returns>The position of the chosen one.</returns>
    public int TakeTurn(ReadOnlySpan<Guid> eligible)
    {
        var (chosen, longest) = (0, long.MaxValue);
        for (var i = 0; i < eligible.Length; i++)
        {
            var last = _turns.GetValueOrDefault(eligible[i]).Last;
            if (last < longest)
            {
                (chosen, longest) = (i, last);
            }
        }

        Take(eligible[chosen], cost: 0);
        return chosen;
    }

    /// <summary>
    /// Smooth weighted round robin. Each unit of a user has a window: it may be given once their exact share exceeds what they
    /// have, and must be before it exceeds that by 1; of the open windows the one that closes first is served. These are the
    /// windows of a proportionally fair schedule, for which earliest deadline first never fails on one resource: among
    /// continuously eligible users everybody is less than 1 lead from their exact share after every lead. (The well-known
    /// "greatest current weight" does not guarantee that.)
    /// </summary>
    /// <param name="eligible">Those who can have the lead, in the order of ids; at least one.</param>
    /// <param name="weights">Their weights, each above 0.</param>
    /// <returns>The position of the chosen one.</returns>
    public int TakeShare(ReadOnlySpan<Guid> eligible, ReadOnlySpan<int> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var (chosen, soonest) = (-1, double.MaxValue);
        var (richest, most) = (0, double.MinValue);
        for (var i = 0; i < eligible.Length; i++)
        {
            var share = weights[i] / total;
            ref var turn = ref CollectionsMarshal.GetValueRefOrAddDefault(_turns, eligible[i], out _);
            var credit = turn.Credit + share;
            turn = turn with { Credit = credit };
            var deadline = (1 - credit) / share;
            if (credit > Rounding && deadline < soonest)
            {
                (chosen, soonest) = (i, deadline);
            }

            if (credit > most)
            {
                (richest, most) = (i, credit);
            }
        }

        // Nobody's window is open only after the circle of the eligible changed.
        chosen = chosen < 0 ? richest : chosen;
        Take(eligible[chosen], cost: 1);
        return chosen;
    }

    private void Take(Guid userId, double cost)
    {
        ref var turn = ref CollectionsMarshal.GetValueRefOrAddDefault(_turns, userId, out _);
        turn = new Turn(++_last, turn.Credit - cost);
        Changed = true;
    }
}
