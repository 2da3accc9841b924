using System.Net;
using Granary.Testing;

namespace Granary.Web.Tests.People;

public sealed class SignInTests
{
    [Theory, OnBothDatabases]
    public async Task A_guest_is_led_to_the_sign_in_and_back_to_where_they_wanted_to_go(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var browser = office.Browser();

        var led = (await browser.Open("/settings/people?q=wang")).To!;
        Assert.StartsWith("/sign-in?next=", led, StringComparison.Ordinal);
        Assert.Equal("/settings/people?q=wang", (await browser.SignIn(Office.Administrator, Office.Password, led)).To);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/settings/people")).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_leads_to_no_other_site(string next)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();

        var answer = await browser.SignIn(Office.Administrator, Office.Password, "/sign-in?next=" + Uri.EscapeDataString(next));

        Assert.Equal("/", answer.To);
        Assert.False(answer.LeadsAway);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();

        var wrong = await browser.SignIn(Office.Administrator, "not the password");
        var unknown = await browser.SignIn("nobody@example.com", "not the password");

        Assert.Equal(HttpStatusCode.OK, wrong.Status);
        Assert.Equal(Words(wrong.Text), Words(unknown.Text));
        Assert.Null((await browser.Open("/sign-in")).To);
        Assert.NotNull((await browser.Open("/settings/people")).To);

        static string Words(string page) => page[page.IndexOf("class=\"note", StringComparison.Ordinal)..page.IndexOf("</form>", StringComparison.Ordinal)]
            .Replace(Office.Administrator, "", StringComparison.Ordinal).Replace("nobody@example.com", "", StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Five_failures_lock_the_account_also_for_the_right_password(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var browser = office.Browser();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await browser.SignIn(Office.Administrator, $"wrong guess {i}")).To);
        }

        Assert.Null((await browser.SignIn(Office.Administrator, Office.Password)).To);
    }

    [Fact]
    public async Task A_sign_in_without_the_forms_token_is_refused()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();

        var answer = await browser.Post("/sign-in", null, ("_handler", "sign-in"), ("Input.Email", Office.Administrator), ("Input.Password", Office.Password));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Signing_out_needs_a_form_of_ours_and_ends_the_session()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/sign-out", null)).Status);
        var page = await browser.Open("/settings/people");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("/sign-in", (await browser.Post("/sign-out", page.Token)).To);
        Assert.NotNull((await browser.Open("/settings/people")).To);
    }

    [Theory, OnBothDatabases]
    public async Task Who_has_departed_is_out_with_the_next_request_and_does_not_come_back(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var id = await office.Hire("li@example.com");
        using var browser = office.Browser();
        await browser.SignIn("li@example.com", Office.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/settings/me")).Status);

        await office.Api.Patch($"/api/v1/users/{id}", new { status = "departed" });

        Assert.StartsWith("/sign-in", (await browser.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Null((await browser.SignIn("li@example.com", Office.Password)).To);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);

        var cookie = await SignedInCookie(office);

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_that_the_role_does_not_include_says_so_in_place()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        await office.Hire("li@example.com");
        using var browser = office.Browser();
        await browser.SignIn("li@example.com", Office.Password);

        var answer = await browser.Open("/settings/people");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("error-page", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_page_is_told_as_missing()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);

        var answer = await browser.Open("/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("error-page", answer.Text, StringComparison.Ordinal);
    }

    private static async Task<string> SignedInCookie(Office office)
    {
        using var http = office.Granary.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        var page = await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative), Office.Ct);
        var token = System.Text.RegularExpressions.Regex.Match(page, "__RequestVerificationToken\" value=\"([^\"]+)").Groups[1].Value;
        using var body = new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("__RequestVerificationToken", token), new("Input.Email", Office.Administrator), new("Input.Password", Office.Password),
        ]);
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), body, Office.Ct);
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("granary=", StringComparison.Ordinal));
    }
}
