using System.Buffers;
using System.Globalization;

namespace Granary.Domain.Capture.Mapping;

/// <summary>How a cell becomes each field: one line a field.</summary>
internal static class TargetWriters
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.Ee+");

    private delegate void TextWriter(SubmissionDraft draft, string value);

    public static (string Path, bool Many, CellWriter Write)[] All { get; } =
    [
        Text("channel", static (d, v) => d.Channel ??= v),
        Text("channel.level1", static (d, v) => d.ChannelLevel1 ??= v),
        Text("channel.level2", static (d, v) => d.ChannelLevel2 ??= v),
        Text("campaign", static (d, v) => d.Campaign ??= v),
        Text("keyword", static (d, v) => d.Keyword ??= v),
        Text("content", static (d, v) => d.Content ??= v),
        Text("utm.source", static (d, v) => d.UtmSource ??= v),
        Text("utm.medium", static (d, v) => d.UtmMedium ??= v),
        Text("utm.campaign", static (d, v) => d.UtmCampaign ??= v),
        Text("utm.term", static (d, v) => d.UtmTerm ??= v),
        Text("utm.content", static (d, v) => d.UtmContent ??= v),
        Text("landingPage", static (d, v) => d.LandingPage ??= v),
        Text("referrer", static (d, v) => d.Referrer ??= v),
        Text("referredBy", static (d, v) => d.ReferredBy ??= v),
        ("receivedAt", false, static (SubmissionDraft d, in MappedCell c) => Instant(c, at => d.ReceivedAt ??= at)),
        Digits("externalId", static (d, v) => d.ExternalId ??= v),
        Text("remoteAddress", static (d, v) => d.RemoteAddress ??= v),
        Text("company.name", static (d, v) => d.CompanyName ??= v),
        Digits("company.creditCode", static (d, v) => d.CreditCode ??= v),
        Text("company.industry", static (d, v) => d.Industry ??= v),
        ("company.size", false, Size),
        ("company.headcount", false, Headcount),
        Text("company.region", static (d, v) => RegionCell.Write(d, v)),
        Text("company.province", static (d, v) => d.Province ??= v),
        Text("company.city", static (d, v) => d.City ??= v),
        Text("contact.name", static (d, v) => d.ContactName ??= v),
        Text("contact.title", static (d, v) => d.Title ??= v),
        ("contact.role", false, static (SubmissionDraft d, in MappedCell c) =>
            ChoiceCell.TryRole(c.Value, out var role) ? Taken(d.Role ??= role) : RowCodes.UnknownValue),
        ("contact.phones", true, Phones),
        ("contact.emails", true, static (SubmissionDraft d, in MappedCell c) => Split(c, d.Emails)),
        Digits("contact.wechat", static (d, v) => d.WeChat ??= v),
        ("requirement", true, static (SubmissionDraft d, in MappedCell c) =>
            Taken(d.Requirement = d.Requirement is null ? c.Value : $"{d.Requirement}\n{c.Value}")),
        ("products", true, static (SubmissionDraft d, in MappedCell c) => Split(c, d.Products)),
        ("budget", false, WriteBudget),
        ("budget.min", false, static (SubmissionDraft d, in MappedCell c) => Amount(c, n => d.BudgetMin ??= n)),
        ("budget.max", false, static (SubmissionDraft d, in MappedCell c) => Amount(c, n => d.BudgetMax ??= n)),
        ("budget.match", false, static (SubmissionDraft d, in MappedCell c) =>
            ChoiceCell.TryMatch(c.Value, out var match) ? Taken(d.BudgetMatch ??= match) : RowCodes.UnknownValue),
        ("purchaseBy", false, static (SubmissionDraft d, in MappedCell c) =>
            DateCell.TryDate(c.Value, c.Rule.Format, out var date) ? Taken(d.PurchaseBy ??= date) : RowCodes.InvalidDate),
        ("tags", true, static (SubmissionDraft d, in MappedCell c) => Split(c, d.Tags)),
        ("consent.given", false, static (SubmissionDraft d, in MappedCell c) =>
            ChoiceCell.TryYesNo(c.Value, out var given) ? Taken(d.ConsentGiven ??= given) : RowCodes.UnknownValue),
        Text("consent.purpose", static (d, v) => d.ConsentPurpose ??= v),
        Text("consent.textVersion", static (d, v) => d.ConsentTextVersion ??= v),
        ("consent.givenAt", false, static (SubmissionDraft d, in MappedCell c) => Instant(c, at => d.ConsentGivenAt ??= at)),
        ("history.mqlAt", false, static (SubmissionDraft d, in MappedCell c) => Instant(c, at => d.History = (d.History ?? new()) with { MqlAt = at })),
        ("history.sqlAt", false, static (SubmissionDraft d, in MappedCell c) => Instant(c, at => d.History = (d.History ?? new()) with { SqlAt = at })),
        ("history.opportunityAt", false, static (SubmissionDraft d, in MappedCell c) => Instant(c, at => d.History = (d.History ?? new()) with { OpportunityAt = at })),
        ("history.wonAt", false, static (SubmissionDraft d, in MappedCell c) => Instant(c, at => d.History = (d.History ?? new()) with { WonAt = at })),
        ("history.amount", false, static (SubmissionDraft d, in MappedCell c) => Amount(c, n => d.History = (d.History ?? new()) with { Amount = n })),
        ("history.paidAt", false, static (SubmissionDraft d, in MappedCell c) => Instant(c, at => d.History = (d.History ?? new()) with { PaidAt = at })),
        ("history.paidAmount", false, static (SubmissionDraft d, in MappedCell c) => Amount(c, n => d.History = (d.History ?? new()) with { PaidAmount = n })),
    ];

    private static (string Path, bool Many, CellWriter Write) Text(string path, TextWriter write)
    {
        return (path, false, Write);

        string? Write(SubmissionDraft draft, in MappedCell cell)
        {
            write(draft, cell.Value);
            return null;
        }
    }

    private static (string Path, bool Many, CellWriter Write) Digits(string path, TextWriter write)
    {
        return (path, false, Write);

        string? Write(SubmissionDraft draft, in MappedCell cell)
        {
            if (Whole(cell.Value) is not { } value)
            {
                return RowCodes.DigitsLost;
            }

            write(draft, value);
            return null;
        }
    }

    private static string? Phones(SubmissionDraft draft, in MappedCell cell)
    {
        var from = draft.Phones.Count;
        CellText.Split(cell.Value, cell.Rule.Split, draft.Phones);
        for (var i = from; i < draft.Phones.Count; i++)
        {
            if (Whole(draft.Phones[i]) is not { } phone)
            {
                return RowCodes.DigitsLost;
            }

            draft.Phones[i] = phone;
        }

        return null;
    }

    // Spreadsheets and data frames turn long numbers into 1.38E+10 and 13800138000.0: the second can be mended.
    private static string? Whole(string value)
    {
        if (!char.IsAsciiDigit(value[0]) || value.AsSpan().IndexOfAnyExcept(NumberCharacters) >= 0)
        {
            return value;
        }

        if (value.EndsWith(".0", StringComparison.Ordinal) && value.IndexOf('.', StringComparison.Ordinal) == value.Length - 2)
        {
            return value[..^2];
        }

        return value.Contains("E+", StringComparison.OrdinalIgnoreCase) ? null : value;
    }

    private static string? Split(in MappedCell cell, List<string> into)
    {
        CellText.Split(cell.Value, cell.Rule.Split, into);
        return null;
    }

    private static string? Instant(in MappedCell cell, Action<DateTimeOffset> write)
    {
        if (!DateCell.TryInstant(cell.Value, cell.Rule.Format, cell.Zone, out var at))
        {
            return RowCodes.InvalidDate;
        }

        write(at);
        return null;
    }

    private static string? Size(SubmissionDraft draft, in MappedCell cell)
    {
        if (!CompanySizeCell.TryParse(cell.Value, out var size, out var headcount))
        {
            return RowCodes.UnknownValue;
        }

        draft.Size ??= size;
        draft.Headcount ??= headcount;
        return null;
    }

    private static string? Headcount(SubmissionDraft draft, in MappedCell cell)
    {
        if (!CompanySizeCell.TryHeadcount(cell.Value, out var headcount))
        {
            return RowCodes.NotANumber;
        }

        draft.Headcount ??= headcount;
        return null;
    }

    private static string? WriteBudget(SubmissionDraft draft, in MappedCell cell)
    {
        var error = AmountCell.Read(cell.Value, cell.Rule.Unit, out var min, out var max);
        draft.BudgetMin ??= min;
        draft.BudgetMax ??= max;
        return error;
    }

    private static string? Amount(in MappedCell cell, Action<decimal> write)
    {
        var error = AmountCell.Read(cell.Value, cell.Rule.Unit, out var min, out var max);
        if (error is null && min != max)
        {
            return RowCodes.InvalidAmount;
        }

        if (error is null && min is { } amount)
        {
            write(amount);
        }

        return error;
    }

    private static string? Taken<T>(T _) => null;

    /// <summary>A count of touches: a whole number, or yes and no.</summary>
    public static bool TryCount(string value, out int count)
    {
        if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var n))
        {
            count = n <= FieldLimits.TouchCount ? (int)n : 0;
            return count == n;
        }

        var answered = ChoiceCell.TryYesNo(value, out var yes);
        count = yes ? 1 : 0;
        return answered;
    }
}
