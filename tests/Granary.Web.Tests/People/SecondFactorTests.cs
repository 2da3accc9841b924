using System.Net;
using System.Text.RegularExpressions;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People;

public sealed class SecondFactorTests
{
    [Theory, OnBothDatabases]
    public async Task A_code_is_asked_for_after_the_password_and_works_once(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (secret, _) = await Enrol(office, clock);
        using var browser = office.Browser();

        var code = Code(secret, clock);
        Assert.Equal("/sign-in/code?next=%2Fsettings%2Fme", (await browser.SignIn(Office.Administrator, Office.Password, "/sign-in?next=/settings/me")).To);
        Assert.StartsWith("/sign-in", (await browser.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Null((await browser.Submit("/sign-in/code", "code", ("Code", code == "000000" ? "000001" : "000000"))).To);
        Assert.Equal("/settings/me", (await browser.Submit("/sign-in/code?next=/settings/me", "code", ("Code", code))).To);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/settings/me")).Status);

        using var other = office.Browser();
        await other.SignIn(Office.Administrator, Office.Password);
        Assert.Null((await other.Submit("/sign-in/code", "code", ("Code", code))).To);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("/", (await other.Submit("/sign-in/code", "code", ("Code", Code(secret, clock)))).To);
    }

    [Theory, OnBothDatabases]
    public async Task Of_many_who_send_the_same_right_code_at_once_one_is_signed_in(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (secret, _) = await Enrol(office, clock);
        var stamp = await office.Service<CheckPassword>().StampWhereCodeIsNext(office.AdministratorId, Office.Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => office.Service<CheckCode>().Try(office.AdministratorId, stamp!, Code(secret, clock), Office.Ct)));

        Assert.Single(results, r => r is not null);
    }

    [Theory, OnBothDatabases]
    public async Task Wrong_codes_count_to_the_lock_also_when_the_password_is_right_in_between(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (secret, _) = await Enrol(office, clock);
        using var browser = office.Browser();
        for (var i = 0; i < 5; i++)
        {
            Assert.StartsWith("/sign-in/code", (await browser.SignIn(Office.Administrator, Office.Password)).To, StringComparison.Ordinal);
            Assert.Null((await browser.Submit("/sign-in/code", "code", ("Code", $"12345{i}x"))).To);
        }

        Assert.Null((await browser.SignIn(Office.Administrator, Office.Password)).To);
        clock.Advance(TimeSpan.FromMinutes(11));
        await browser.SignIn(Office.Administrator, Office.Password);
        Assert.Equal("/", (await browser.Submit("/sign-in/code", "code", ("Code", Code(secret, clock)))).To);
    }

    [Theory, OnBothDatabases]
    public async Task A_recovery_code_works_once_and_is_kept_as_a_hash(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (_, codes) = await Enrol(office, clock);
        Assert.Equal(10, codes.Distinct().Count());
        for (var use = 0; use < 2; use++)
        {
            using var browser = office.Browser();
            await browser.SignIn(Office.Administrator, Office.Password);
            Assert.Equal(use == 0 ? "/" : null, (await browser.Submit("/sign-in/code", "code", ("Code", codes[0].ToLowerInvariant()))).To);
        }

        await using var db = office.Service<Store>().Open();
        Assert.Equal(1, await db.Set<RecoveryCode>().CountAsync(c => c.UsedAt != null, Office.Ct));
        Assert.DoesNotContain(await db.Set<EventRecord>().Select(e => e.Data).ToListAsync(Office.Ct), d => codes.Any(c => d.Contains(c, StringComparison.Ordinal)));
    }

    [Theory, OnBothDatabases]
    public async Task Turning_it_off_asks_for_password_and_code_and_an_administrator_can_for_whoever_lost_both(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (secret, _) = await Enrol(office, clock);
        var enrol = office.Service<EnrolSecondFactor>();
        Assert.False(await enrol.Remove(office.AdministratorId, "not the password", Code(secret, clock), Office.Ct));
        Assert.False(await enrol.Remove(office.AdministratorId, Office.Password, "abcdef", Office.Ct));
        Assert.True(await enrol.Remove(office.AdministratorId, Office.Password, Code(secret, clock), Office.Ct));
        using var browser = office.Browser();
        Assert.Equal("/", (await browser.SignIn(Office.Administrator, Office.Password)).To);

        await Enrol(office, clock);
        Assert.Equal(HttpStatusCode.NoContent, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/users/{office.AdministratorId}/second-factor", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/users/{office.AdministratorId}/second-factor", null)).Status);
        Assert.StartsWith("/sign-in", (await browser.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Equal("/", (await browser.SignIn(Office.Administrator, Office.Password)).To);
    }

    [Theory, OnBothDatabases]
    public async Task Whose_role_needs_it_comes_to_nothing_else_before(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        var rule = new { secondFactorRoles = new[] { BuiltInRoles.Administrator } };
        Assert.Equal(HttpStatusCode.OK, (await office.Api.Send(HttpMethod.Put, "/api/v1/sign-in-rules", System.Net.Http.Json.JsonContent.Create(rule))).Status);

        browser.Accept("text/html");
        Assert.Equal("/settings/me/security", (await browser.Open("/leads")).To);
        var begun = await browser.Submit("/settings/me/security", "factor-begin");
        var secret = Base32.Read(WebUtility.HtmlDecode(Secret(begun.Text)))!;
        Assert.Contains("class=\"qr\"", begun.Text, StringComparison.Ordinal);
        var done = await browser.Post("/settings/me/security", begun.Token, ("_handler", "factor-confirm"), ("FirstCode", Code(secret, clock)));

        Assert.Equal(10, Regex.Count(done.Text, "<li><code>[A-Z2-9]{5}-[A-Z2-9]{5}</code></li>"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/leads")).Status);
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_refused()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Send(HttpMethod.Put, "/api/v1/sign-in-rules", System.Net.Http.Json.JsonContent.Create(new { secondFactorRoles = new[] { "nobody" } }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "secondFactorRoles[0]"), (answer.Status, answer.Field));
    }

    private static string Secret(string page) => Regex.Match(page, "<code class=\"long-code\">([A-Z2-7 ]+)</code>").Groups[1].Value;

    private static string Code(byte[] secret, FakeClock clock) => Totp.Code(secret, Totp.Step(clock.GetUtcNow()));

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> Enrol(Office office, FakeClock clock)
    {
        var enrol = office.Service<EnrolSecondFactor>();
        Assert.True(await enrol.Begin(office.AdministratorId, Office.Ct));
        var secret = Base32.Read((await enrol.Of(office.AdministratorId, Office.Ct)).Pending!)!;
        Assert.Null(await enrol.Confirm(office.AdministratorId, "abcdef", Office.Ct));
        var codes = await enrol.Confirm(office.AdministratorId, Code(secret, clock), Office.Ct);
        // The code that proved it is used up.
        clock.Advance(TimeSpan.FromSeconds(30));
        return (secret, codes!);
    }
}
