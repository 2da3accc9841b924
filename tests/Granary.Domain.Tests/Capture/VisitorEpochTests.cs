using Granary.Domain.Capture;

namespace Granary.Domain.Tests.Capture;

public sealed class VisitorEpochTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly Guid Zhang = Guid.NewGuid(), Li = Guid.NewGuid();

    [Fact]
    public void Touches_of_a_visitor_nobody_knows_wait_and_go_to_whoever_says_who_they_are_first()
    {
        Assert.Null(VisitorEpoch.Unknown.LeadOf(Nine));
        Assert.True(VisitorEpoch.Unknown.Holds(Nine.AddDays(-30)));
        var known = VisitorEpoch.Unknown.Submitted(Zhang, isSame: false, Nine);
        Assert.Equal(Zhang, known.LeadOf(Nine.AddDays(-1)));
        Assert.Equal(Zhang, known.LeadOf(Nine.AddMinutes(1)));
    }

    [Fact]
    public void Another_person_on_the_device_begins_anew_and_gets_nothing_of_the_first()
    {
        var both = VisitorEpoch.Unknown.Submitted(Zhang, isSame: false, Nine).Submitted(Li, isSame: false, Nine.AddHours(1));
        Assert.Null(both.LeadOf(Nine.AddMinutes(59)));
        Assert.Null(both.LeadOf(Nine.AddHours(1)));
        Assert.Equal(Li, both.LeadOf(Nine.AddHours(1).AddMilliseconds(1)));
    }

    [Fact]
    public void The_same_person_with_another_lead_goes_on()
    {
        var again = VisitorEpoch.Unknown.Submitted(Zhang, isSame: false, Nine).Submitted(Li, isSame: true, Nine.AddHours(1));
        Assert.Equal(Li, again.LeadOf(Nine.AddMinutes(30)));
    }

    [Fact]
    public void After_a_sign_off_nothing_reaches_the_first_and_nothing_from_before_reaches_the_second()
    {
        var off = VisitorEpoch.SignedOff(Nine);
        Assert.Null(off.LeadOf(Nine.AddMinutes(5)));
        Assert.False(off.Holds(Nine));
        Assert.True(off.Holds(Nine.AddMilliseconds(1)));
        Assert.Equal(Li, off.Submitted(Li, isSame: false, Nine.AddMinutes(10)).LeadOf(Nine.AddMinutes(5)));
    }
}
