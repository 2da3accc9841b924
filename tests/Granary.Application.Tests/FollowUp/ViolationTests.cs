using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Domain.FollowUp;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using static Granary.Application.Tests.FollowUp.Office;

namespace Granary.Application.Tests.FollowUp;

public sealed class ViolationTests
{
    private static readonly ViolationFilter All = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task The_owner_explains_and_a_manager_excuses_and_takes_it_back_and_all_of_it_stays(DatabaseKind kind)
    {
        await using var office = await Missed(kind);
        var (violation, zhang, boss) = await Parties(office);
        var note = Noting(office);

        Assert.IsType<ViolationResult.Done>(await note.Explain(zhang, violation.Id, "客户出差", Ct));
        Assert.Single(await Listing(office).Page(boss, All with { Open = true }, null, 10, Ct));
        Assert.IsType<ViolationResult.Done>(await note.Excuse(boss, violation.Id, "属实", Ct));
        Assert.Empty(await Listing(office).Page(boss, All with { Open = true }, null, 10, Ct));
        Assert.Equal(NoteViolation.AlreadyExcused, Assert.IsType<ViolationResult.Refused>(await note.Excuse(boss, violation.Id, "再次", Ct)).Code);
        Assert.IsType<ViolationResult.Done>(await note.Withdraw(boss, violation.Id, "查证有误", Ct));
        Assert.Equal(NoteViolation.NotExcused, Assert.IsType<ViolationResult.Refused>(await note.Withdraw(boss, violation.Id, "再次", Ct)).Code);

        var line = Assert.Single(await Listing(office).Page(boss, All with { Open = true }, null, 10, Ct));
        Assert.Equal([ViolationNoteKind.Explanation, ViolationNoteKind.Excuse, ViolationNoteKind.ExcuseWithdrawn], line.Notes.Select(n => n.Kind));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_excuses_themselves_and_a_stranger_sees_nothing(DatabaseKind kind)
    {
        await using var office = await Missed(kind);
        var (violation, zhang, _) = await Parties(office);
        var stranger = await office.Shop.As(await office.Shop.Hire("Stranger"));

        Assert.IsType<ViolationResult.Forbidden>(await Noting(office).Excuse(zhang, violation.Id, "自己", Ct));
        Assert.IsType<ViolationResult.NotFound>(await Noting(office).Explain(stranger, violation.Id, "别人", Ct));
        Assert.Empty(await Listing(office).Page(stranger, All, null, 10, Ct));
        Assert.Equal("required", Assert.IsType<ViolationResult.Invalid>(await Noting(office).Explain(zhang, violation.Id, " ", Ct)).Error.Code);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_recorded_can_be_neither_changed_nor_deleted(DatabaseKind kind)
    {
        await using var office = await Missed(kind);

        await Assert.ThrowsAnyAsync<Exception>(() => office.Shop.Store.Write(scope => scope.Db.Set<Violation>().ExecuteUpdateAsync(v => v.SetProperty(x => x.Minutes, 1), Ct), Ct));
        await Assert.ThrowsAnyAsync<Exception>(() => office.Shop.Store.Write(scope => scope.Db.Set<Violation>().ExecuteDeleteAsync(Ct), Ct));

        Assert.Equal(1440, Assert.Single(await office.Violations()).Minutes);
    }

    [Theory, OnBothDatabases]
    public async Task Deadlines_that_come_are_listed_by_their_time_page_by_page(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        var zhang = await office.Shop.As(await office.Shop.Hire("Zhang"));
        for (var i = 0; i < 3; i++)
        {
            await office.Lead();
            office.Clock.Advance(TimeSpan.FromHours(1));
        }

        await office.Work();
        var first = await Listing(office).Deadlines(zhang, null, null, 2, Ct);
        var rest = await Listing(office).Deadlines(zhang, null, (first[1].DeadlineAt, first[1].LeadId), 2, Ct);

        Assert.Equal([China(3, 3, 9), China(3, 3, 10), China(3, 3, 11)], first.Take(2).Concat(rest).Select(d => d.DeadlineAt));
        Assert.Single(await Listing(office).Deadlines(zhang, China(3, 3, 10), null, 10, Ct));
    }

    private static async Task<Office> Missed(DatabaseKind kind)
    {
        var office = await Open(kind, BuiltIn("first_contact") with { Reminders = [] });
        await office.Shop.Hire("Zhang");
        await office.Lead();
        await office.At(3, 3, 9);
        return office;
    }

    private static async Task<(Violation Violation, Viewer Owner, Viewer Boss)> Parties(Office office)
    {
        var violation = Assert.Single(await office.Violations());
        var boss = await office.Shop.Hire("Boss", "lead_administrator");
        return (violation, await office.Shop.As(violation.OwnerId), await office.Shop.As(boss));
    }

    private static NoteViolation Noting(Office office) => new(office.Shop.Store, office.Shop.Settings, office.Shop.Time);

    private static ListViolations Listing(Office office) => new(office.Shop.Store);
}
