using Granary.Application.Capture;
using Granary.Application.Ownership;
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
        return pattern.Code(facts, await Take(work.Scope, pattern.Series(facts), ct));
    }

    /// <summary>Takes the next number of a series.</summary>
    public static async Task<long> Take(WriteScope scope, string series, CancellationToken ct) => (await scope.Db.Database.SqlQuery<long>(
        $"INSERT INTO code_series (series, last) VALUES ({series}, 1) ON CONFLICT (series) DO UPDATE SET last = code_series.last + 1 RETURNING last").ToListAsync(ct))[0];

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
