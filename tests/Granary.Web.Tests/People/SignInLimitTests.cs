using System.Net;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.People;

public sealed class SignInLimitTests
{
    [Theory]
    [InlineData("nobody@example.com")]
    [InlineData("ADMIN@example.com")]
    public async Task Ten_failures_spend_an_account_whether_it_exists_or_not_and_no_other(string account)
    {
        await using var office = await Testing.Office.Open(DatabaseKind.Sqlite, settings: [("Granary:FailedSignInsPerMinute", "1000")]);
        using var browser = office.Browse();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.SignIn(account, "not the password")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignIn($" {account.ToLowerInvariant()} ", "not the password")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.SignIn("somebody@example.com", "not the password")).Status);
    }

    [Fact]
    public async Task Failures_from_one_address_spend_it_and_successes_do_not()
    {
        await using var office = await Testing.Office.Open(DatabaseKind.Sqlite, settings: [("Granary:FailedSignInsPerMinute", "3")]);
        using var browser = office.Browse();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Found, (await browser.SignIn(Testing.Office.AdminMail, Testing.Office.Password)).Status);
        }

        for (var i = 0; i < 3; i++)
        {
            await browser.SignIn($"nobody{i}@example.com", "not the password");
        }

        var spent = await browser.SignIn(Testing.Office.AdminMail, Testing.Office.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, spent.Status);
        Assert.Null(spent.To);
    }
}
