using System.Globalization;
using Granary.Application.Capture;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Web.Capture;

/// <summary>A cost as its form posts it.</summary>
public sealed class CostForm
{
    public string? Id { get; set; }

    public string? Seen { get; set; }

    public string? Channel { get; set; }

    public string? Day { get; set; }

    public string? Amount { get; set; }

    public string? Campaign { get; set; }

    public string? Keyword { get; set; }

    public string? Content { get; set; }

    public string? Impressions { get; set; }

    public string? Clicks { get; set; }

    public string? Note { get; set; }

    /// <summary>The form of a row.</summary>
    public static CostForm Of(ChannelCost cost) => new()
    {
        Id = cost.Id.ToString(),
        Seen = cost.Version.ToString(CultureInfo.InvariantCulture),
        Channel = cost.ChannelId.ToString(),
        Day = cost.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Amount = cost.Amount.ToString(CultureInfo.InvariantCulture),
        Campaign = cost.Campaign,
        Keyword = cost.Keyword,
        Content = cost.Content,
        Impressions = cost.Impressions?.ToString(CultureInfo.InvariantCulture),
        Clicks = cost.Clicks?.ToString(CultureInfo.InvariantCulture),
        Note = cost.Note,
    };

    /// <summary>The entry, and which fields cannot be read.</summary>
    public (CostEntry Entry, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        DateOnly? day = null;
        if (!string.IsNullOrWhiteSpace(Day))
        {
            if (DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
            {
                day = read;
            }
            else
            {
                errors.Add(new FieldError("day", "not_a_date"));
            }
        }

        var entry = new CostEntry
        {
            Day = day,
            Amount = Number(Amount, "amount", errors),
            Campaign = Campaign,
            Keyword = Keyword,
            Content = Content,
            Impressions = (long?)Number(Impressions, "impressions", errors),
            Clicks = (long?)Number(Clicks, "clicks", errors),
            Note = Note,
        };
        return (entry, errors);
    }

    private static decimal? Number(string? text, string field, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000_000m)
        {
            return number;
        }

        errors.Add(new FieldError(field, "not_a_number"));
        return null;
    }
}

/// <summary>A table of costs as its form posts it: a file, or pasted text.</summary>
public sealed class CostTableForm
{
    public string? Channel { get; set; }

    public IFormFile? File { get; set; }

    public string? Text { get; set; }
}
