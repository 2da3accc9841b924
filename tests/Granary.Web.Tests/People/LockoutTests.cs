using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People;

public sealed class LockoutTests
{
    [Theory, OnBothDatabases]
    public async Task Of_a_hundred_wrong_passwords_at_once_five_are_compared_and_the_right_one_among_them_is_refused(DatabaseKind kind)
    {
        await using var office = await Office.Listening(kind);
        var li = await office.Hire("li@example.com");
        using var browser = office.Browser();
        var page = await browser.Open("/sign-in");
        var tries = Enumerable.Range(0, 100).Select(i => browser.Post(
            "/sign-in", page.Token, ("_handler", "sign-in"), ("Input.Email", "li@example.com"), ("Input.Password", $"wrong guess {i}")));

        Assert.All(await Task.WhenAll(tries), answer => Assert.Null(answer.To));

        Assert.Equal((5, 1), (await Count(office, li, "user.sign_in_failed"), await Count(office, li, "user.locked_out")));
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.Post(
                "/sign-in", page.Token, ("_handler", "sign-in"), ("Input.Email", "li@example.com"), ("Input.Password", Office.Password)))),
            answer => Assert.Null(answer.To));
        Assert.Equal((5, 0), (await Count(office, li, "user.sign_in_failed"), await Count(office, li, "user.signed_in")));
        await using var db = office.Service<Store>().Open();
        Assert.DoesNotContain(await db.Set<EventRecord>().Select(e => e.Data).ToListAsync(Office.Ct), data => data.Contains("wrong", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task No_more_than_five_are_ever_compared_with_the_stored_hash(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var li = await office.Hire("li@example.com");
        var hasher = new CountingHasher();
        using var check = new CheckPassword(office.Service<Store>(), office.Service<SettingCache>(), hasher, office.Service<TimeProvider>());
        await using var db = office.Service<Store>().Open();
        hasher.Counted = await db.Users.Where(u => u.Id == li).Select(u => u.PasswordHash).SingleAsync(Office.Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => check.Try("li@example.com", $"wrong guess {i}", Office.Ct)));

        Assert.All(results, r => Assert.True(r is PasswordCheck.Refused or PasswordCheck.Busy));
        Assert.Equal(5, hasher.Comparisons);
        Assert.IsType<PasswordCheck.Refused>(await check.Try("li@example.com", Office.Password, Office.Ct));
        Assert.Equal(5, hasher.Comparisons);
        Assert.True(hasher.MostAtOnce <= Math.Max(1, Environment.ProcessorCount / 2));
    }

    [Theory, OnBothDatabases]
    public async Task A_lock_ends_after_ten_minutes_and_counting_begins_anew(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        using var browser = office.Browser();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await browser.SignIn(Office.Administrator, $"wrong guess {i}")).To);
        }

        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Null((await browser.SignIn(Office.Administrator, Office.Password)).To);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null((await browser.SignIn(Office.Administrator, "wrong again")).To);
        Assert.Equal("/", (await browser.SignIn(Office.Administrator, Office.Password)).To);
    }

    [Fact]
    public async Task A_right_password_begins_the_count_anew()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        for (var round = 0; round < 2; round++)
        {
            using var browser = office.Browser();
            for (var i = 0; i < 4; i++)
            {
                Assert.Null((await browser.SignIn(Office.Administrator, $"wrong guess {i}")).To);
            }

            Assert.Equal("/", (await browser.SignIn(Office.Administrator, Office.Password)).To);
        }
    }

    private static async Task<int> Count(Office office, Guid person, string kind)
    {
        await using var db = office.Service<Store>().Open();
        return await db.Set<EventRecord>().CountAsync(e => e.SubjectId == person && e.Kind == kind, Office.Ct);
    }

    private sealed class CountingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> _hasher = new();
        private int _comparisons, _now, _most;

        public string? Counted { get; set; }

        public int Comparisons => _comparisons;

        public int MostAtOnce => _most;

        public string HashPassword(User user, string password) => _hasher.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            _most = Math.Max(_most, Interlocked.Increment(ref _now));
            if (hashedPassword == Counted)
            {
                Interlocked.Increment(ref _comparisons);
            }

            try
            {
                return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }
}
