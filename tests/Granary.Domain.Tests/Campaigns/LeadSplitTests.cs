using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Campaigns;

namespace Granary.Domain.Tests.Campaigns;

public sealed class LeadSplitTests
{
    [Fact]
    public void A_hundred_leads_go_20_to_holdings_30_to_the_active_15_to_the_general_and_35_to_the_regional_lead_pool()
    {
        var (zhang, li) = (Id(1001), Id(1002));
        SplitLead[] leads =
        [
            // 20 linked by representatives, 12 of them of named accounts.
            .. Enumerable.Range(0, 20).Select(i => Lead(i) with { LinkedById = i % 2 == 0 ? zhang : li, Named = i < 12 }),
            .. Enumerable.Range(20, 18).Select(i => Lead(i) with { Named = true, KeyPerson = i % 2 == 0 }),
            .. Enumerable.Range(38, 12).Select(i => Lead(i) with { IndustryFits = true }),
            .. Enumerable.Range(50, 15).Select(i => Lead(i) with { KeyPerson = true }),
            .. Enumerable.Range(65, 35).Select(i => Lead(i)),
        ];

        var counts = LeadSplit.Count(LeadSplit.Of(leads, new Dictionary<Guid, int?> { [zhang] = 50, [li] = null }));

        Assert.Equal((20, 30, 15, 35, 0), (counts[SplitWay.Holdings], counts[SplitWay.Market], counts[SplitWay.General], counts[SplitWay.Cleaning], counts[SplitWay.Stays]));
        Assert.Equal(100, counts.Values.Sum());
    }

    [Fact]
    public void The_best_go_first_where_the_cap_does_not_let_all_in_and_the_others_go_on_as_if_nobody_had_linked_them()
    {
        var zhang = Id(1001);
        SplitLead[] leads = [Lead(1, 40) with { LinkedById = zhang, KeyPerson = true }, Lead(2, 90) with { LinkedById = zhang }, Lead(3, 60) with { LinkedById = zhang, Named = true }, Lead(4, 60) with { LinkedById = zhang, Intent = true }];

        var placed = LeadSplit.Of(leads, new Dictionary<Guid, int?> { [zhang] = 2 });

        Assert.Equal([SplitWay.General, SplitWay.Holdings, SplitWay.Market, SplitWay.Holdings], placed.Select(p => p.Way));
        Assert.Equal(["holdings_full", "key_person_only"], placed[0].Reasons.Select(r => r.Code));
    }

    [Fact]
    public void What_they_hold_already_takes_no_second_place_and_what_others_work_on_stays()
    {
        var (zhang, li) = (Id(1001), Id(1002));
        SplitLead[] leads = [Lead(1) with { LinkedById = zhang, OwnerId = zhang }, Lead(2, 99) with { LinkedById = zhang }, Lead(3) with { LinkedById = zhang, OwnerId = li, Fixed = true, Named = true }];

        Assert.Equal([SplitWay.Holdings, SplitWay.Holdings, SplitWay.Stays], LeadSplit.Of(leads, new Dictionary<Guid, int?> { [zhang] = 1 }).Select(p => p.Way));
        Assert.Equal([SplitWay.Holdings, SplitWay.Cleaning, SplitWay.Stays], LeadSplit.Of(leads, new Dictionary<Guid, int?>()).Select(p => p.Way));
    }

    [Fact]
    public void Every_lead_is_in_exactly_one_place_and_no_cap_is_exceeded() => Prop.ForAll(Gen.Choose(0, 255).ArrayOf().ToArbitrary(), Gen.Choose(0, 7).ArrayOf(5).ToArbitrary(), (kinds, caps) =>
    {
        var people = caps.Select((cap, i) => (Id: Id(1000 + i), Cap: cap == 7 ? (int?)null : cap)).ToDictionary(p => p.Id, p => p.Cap);
        var leads = kinds.Select((kind, i) => Lead(i, kind % 7) with
        {
            LinkedById = kind % 3 == 0 ? Id(1000 + (kind % 6)) : null,
            KeyPerson = (kind & 16) != 0,
            Named = (kind & 32) != 0,
            IndustryFits = (kind & 64) != 0,
            Fixed = (kind & 128) != 0 && kind % 5 == 0,
        }).ToList();

        var placed = LeadSplit.Of(leads, people);

        Assert.Equal(leads.Select(l => l.LeadId), placed.Select(p => p.LeadId));
        Assert.Equal(leads.Count, LeadSplit.Count(placed).Values.Sum());
        Assert.All(placed.Where(p => p.OwnerId is not null).GroupBy(p => p.OwnerId!.Value), g => Assert.True(people.TryGetValue(g.Key, out var cap) && (cap is not { } most || g.Count() <= most)));
        Assert.All(placed, p => Assert.True(p.Way == SplitWay.Holdings == (p.OwnerId is not null) && p.Reasons.Count > 0));
        Assert.All(placed.Zip(leads), p => Assert.True(p.First.OwnerId is not { } owner || owner == p.Second.LinkedById));
    }).Check(Run.Property);

    private static SplitLead Lead(int i, int score = 50) => new(Id(i), null, score, false, false, false, false);

    private static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
