using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.People;
using static Granary.Domain.Tests.Assignment.Office;

namespace Granary.Domain.Tests.Assignment;

public sealed class EligibilityTests
{
    private static readonly AssignmentRule EachInTurn = Rule(AssignmentMethod.RoundRobin);

    private static readonly AssignmentRule AtWork = EachInTurn with { Require = new() { WithinWorkingHours = true } };

    [Fact]
    public void Rep_full_at_17_59_gets_nothing_at_18_01_and_the_next_eligible_does()
    {
        var late = Li with { Hours = [new WorkingHours(DayOfWeek.Monday, new TimeOnly(12, 0), new TimeOnly(20, 0))] };
        var office = new Office(AtWork, Zhang with { DailyIntakeCap = 1 }, late) { Now = At(2026, 11, 2, 17, 59) };
        Assert.Equal("张", office.Names(1));

        office.Now = At(2026, 11, 2, 18, 1);

        Assert.Equal("李李李", office.Names(3));
        Assert.Equal(Ineligible.DailyCap, office.VerdictOn(Zhang));
    }

    [Fact]
    public void Rep_full_at_17_59_gets_nothing_at_18_01_and_the_pool_does_when_nobody_else_is_there()
    {
        var office = new Office(AtWork, Zhang with { DailyIntakeCap = 1 }, Li) { Now = At(2026, 11, 2, 17, 59) };
        office.Board.Load(Zhang.Id, new RepresentativeLoad(1, 1));

        office.Now = At(2026, 11, 2, 18, 1);

        Assert.Equal("sdr", office.Decide().PoolKey);
    }

    [Theory]
    [InlineData(PersonStatus.Departed, Ineligible.Inactive)]
    [InlineData(PersonStatus.Away, Ineligible.Away)]
    public void Who_does_not_work_here_at_the_moment_gets_nothing(PersonStatus status, Ineligible reason)
    {
        var office = new Office(EachInTurn, Zhang with { Status = status }, Li);

        Assert.Equal("李李", office.Names(2));
        Assert.Equal(reason, office.VerdictOn(Zhang));
    }

    [Fact]
    public void Leave_holds_on_its_first_and_last_day_in_organisation_time()
    {
        var office = new Office(EachInTurn, Zhang with { Leave = [new Leave(new DateOnly(2026, 11, 3), new DateOnly(2026, 11, 3))] });

        office.Now = At(2026, 11, 2, 23, 59);
        Assert.Equal(Ineligible.No, office.VerdictOn(Zhang));
        office.Now = At(2026, 11, 3, 0, 0);
        Assert.Equal(Ineligible.OnLeave, office.VerdictOn(Zhang));
        office.Now = At(2026, 11, 4, 0, 0);
        Assert.Equal(Ineligible.No, office.VerdictOn(Zhang));
    }

    [Fact]
    public void Caps_are_reached_and_never_exceeded()
    {
        var office = new Office(EachInTurn, Zhang with { DailyIntakeCap = 2 }, Li with { HoldingCap = 3 });
        office.Board.Load(Li.Id, new RepresentativeLoad(0, 2));

        Assert.Equal("张李张sdrsdr", office.Names(5));
        Assert.Equal((Ineligible.DailyCap, Ineligible.HoldingCap), (office.VerdictOn(Zhang), office.VerdictOn(Li)));
    }

    [Fact]
    public void Who_is_on_duty_is_eligible_on_a_day_off()
    {
        var saturday = new DateOnly(2026, 11, 7);
        var office = new Office(AtWork, Zhang, Li with { Duty = [new DutyShift(saturday, new TimeOnly(9, 0), new TimeOnly(12, 0))] })
        {
            Now = At(2026, 11, 7, 10, 0),
        };

        Assert.Equal("李李", office.Names(2));
        Assert.Equal(Ineligible.OutsideHours, office.VerdictOn(Zhang));
    }

    [Fact]
    public void Earlier_owner_gets_the_lead_again_only_where_the_rule_does_not_mind()
    {
        var lost = Lead with { EarlierOwners = [Zhang.Id] };

        Assert.Equal(Ineligible.No, new Office(EachInTurn, Zhang).VerdictOn(Zhang, lost));
        Assert.Equal(Ineligible.EarlierOwner, new Office(EachInTurn with { Require = new() { NotEarlierOwner = true } }, Zhang).VerdictOn(Zhang, lost));
    }

    [Theory]
    [InlineData("制造", Ineligible.No)]
    [InlineData("制造/机械", Ineligible.No)]
    [InlineData("制造业", Ineligible.Industry)]
    [InlineData("软件", Ineligible.Industry)]
    [InlineData(null, Ineligible.No)]
    public void Industry_is_matched_with_those_below_it_and_an_unknown_one_stands_open(string? industry, Ineligible verdict)
    {
        var office = new Office(EachInTurn with { Require = new() { MatchIndustry = true } }, Zhang with { Industries = ["制造", "能源"] });

        Assert.Equal(verdict, office.VerdictOn(Zhang, Lead with { Facts = Lead.Facts with { Company = new CompanyDetails { Industry = industry } } }));
    }

    [Fact]
    public void One_product_of_interest_is_enough()
    {
        var office = new Office(EachInTurn with { Require = new() { MatchProduct = true } }, Zhang with { Products = ["CRM"] }, Li with { Products = ["MES"] }, Wang);

        Assert.Equal("张王张", office.Names(3, Lead with { Facts = Lead.Facts with { Products = ["ERP", "crm"] } }));
    }

    [Fact]
    public void Size_is_matched_where_the_profile_names_one()
    {
        var office = new Office(EachInTurn with { Require = new() { MatchSize = true } }, Zhang with { Sizes = [CompanySize.Large] }, Li);

        Assert.Equal("李李", office.Names(2, Lead with { Facts = Lead.Facts with { Company = new CompanyDetails { Size = CompanySize.Small } } }));
    }

    [Fact]
    public void Specialities_do_not_bind_where_the_rule_does_not_ask()
    {
        var narrow = Zhang with { Industries = ["能源"], Regions = ["西藏"], Products = ["MES"], Sizes = [CompanySize.Small] };

        Assert.Equal(Ineligible.No, new Office(EachInTurn, narrow).VerdictOn(Zhang, From("上海")));
    }

    [Fact]
    public void Leads_of_a_holiday_count_towards_the_next_day_that_is_worked()
    {
        var saturday = At(2026, 11, 7, 10, 0);
        var onDuty = Li with { Duty = [new DutyShift(new DateOnly(2026, 11, 8), new TimeOnly(9, 0), new TimeOnly(12, 0))] };

        Assert.Equal(new DateOnly(2026, 11, 9), IntakeDay.Of(Zhang, saturday, Calendar));
        Assert.Equal(new DateOnly(2026, 11, 8), IntakeDay.Of(onDuty, saturday, Calendar));
        Assert.Equal(new DateOnly(2026, 11, 6), IntakeDay.Of(onDuty, At(2026, 11, 6, 23, 59), Calendar));
    }
}
