using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// Makes inquiry codes (§13). The number of a series is taken by one statement on its row, which is locked until the transaction ends:
/// nodes that count the same series wait for each other, and a number that was rolled back is given to the next or left out.
/// </summary>
internal static class InquiryCodes
{
    private const string Customers = "customer";
    private const int LongestSegment = 20;

    /// <summary>The next code for an opportunity of an account that a lead became.</summary>
    public static async Task<string> Next(LeadWork work, Lead lead, Guid accountId, Guid ownerId, string? productLine, CancellationToken ct)
    {
        var pattern = InquiryCodePattern.Parse(work.Setting.Opportunities.CodePattern);
        var codes = ProvinceCodes.Of(lead.Province) ?? ProvinceCodes.Of(lead.Region);
        var facts = new InquiryCodeFacts
        {
            Region = codes?.Region,
            Province = codes?.Province,
            Customer = await NumberOf(work.Scope, accountId, ct),
            Department = Segment(Department(work.Setting, ownerId)),
            Product = Segment(productLine),
            On = work.Setting.Calendar.DateOf(work.Now),
        };
        return pattern.Code(facts, await Take(work.Scope, pattern.Series(facts), 1, ct));
    }

    /// <summary>Gives opportunities that no lead became their codes: as many numbers of each series at once as it needs.</summary>
    public static async Task Give(WriteScope scope, Setting setting, DateTimeOffset now, IReadOnlyList<(Opportunity Opportunity, Account Account)> made, CancellationToken ct)
    {
        if (made.Count == 0)
        {
            return;
        }

        var (pattern, on) = (InquiryCodePattern.Parse(setting.Opportunities.CodePattern), setting.Calendar.DateOf(now));
        var numbers = await NumbersOf(scope, [.. made.Select(m => m.Account.Id).Distinct()], ct);
        var facts = made.Select(m =>
        {
            var codes = ProvinceCodes.Of(m.Account.Province);
            return (m.Opportunity, Facts: new InquiryCodeFacts
            {
                Region = codes?.Region,
                Province = codes?.Province,
                Customer = numbers[m.Account.Id],
                Department = Segment(Department(setting, m.Opportunity.OwnerId)),
                Product = Segment(m.Opportunity.ProductLine),
                On = on,
            });
        }).ToList();
        foreach (var series in facts.GroupBy(f => pattern.Series(f.Facts), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var some = series.ToList();
            var number = await Take(scope, series.Key, some.Count, ct) - some.Count;
            foreach (var (opportunity, fact) in some)
            {
                opportunity.Code = pattern.Code(fact, ++number);
            }
        }
    }

    /// <summary>Takes the next number of a series.</summary>
    public static Task<long> Take(WriteScope scope, string series, CancellationToken ct) => Take(scope, series, 1, ct);

    /// <summary>Takes the next numbers of a series; the last of them.</summary>
    private static async Task<long> Take(WriteScope scope, string series, int count, CancellationToken ct) => (await scope.Db.Database.SqlQuery<long>(
        $"INSERT INTO code_series (series, last) VALUES ({series}, {count}) ON CONFLICT (series) DO UPDATE SET last = code_series.last + {count} RETURNING last").ToListAsync(ct))[0];

    private static async Task<Dictionary<Guid, int>> NumbersOf(WriteScope scope, Guid[] accounts, CancellationToken ct)
    {
        var numbers = await scope.Db.Set<AccountNumber>().AsNoTracking().Where(n => accounts.Contains(n.AccountId)).ToDictionaryAsync(n => n.AccountId, n => n.Number, ct);
        var without = accounts.Where(a => !numbers.ContainsKey(a)).ToList();
        var number = without.Count == 0 ? 0 : (int)await Take(scope, Customers, without.Count, ct) - without.Count;
        foreach (var account in without)
        {
            numbers[account] = ++number;
            scope.Db.Add(new AccountNumber { AccountId = account, Number = number });
        }

        return numbers;
    }

    private static async Task<int> NumberOf(WriteScope scope, Guid accountId, CancellationToken ct)
    {
        if (await scope.Db.Set<AccountNumber>().AsNoTracking().SingleOrDefaultAsync(n => n.AccountId == accountId, ct) is { } known)
        {
            return known.Number;
        }

        var number = (int)await Take(scope, Customers, ct);
        scope.Db.Add(new AccountNumber { AccountId = accountId, Number = number });
        return number;
    }

    private static string? Department(Setting setting, Guid ownerId) =>
        setting.People.GetValueOrDefault(ownerId)?.DepartmentId is { } id ? setting.Departments.GetValueOrDefault(id)?.Name : null;

    // A segment keeps what can be read aloud and typed into an address.
    private static string? Segment(string? text)
    {
        var kept = new string([.. (text ?? "").Where(char.IsLetterOrDigit).Take(LongestSegment)]);
        return kept.Length == 0 ? null : kept.ToUpperInvariant();
    }
}
