using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>A table of costs as advertising platforms give them: which column is what, and what a row says.</summary>
public sealed class CostSheet
{
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["channel"] = ["渠道", "来源", "媒体", "平台", "channel", "source", "platform"],
        ["day"] = ["日期", "时间", "天", "date", "day"],
        ["campaign"] = ["活动", "市场活动", "推广计划", "计划", "campaign"],
        ["keyword"] = ["关键词", "关键字", "搜索词", "keyword", "search term"],
        ["content"] = ["内容", "创意", "素材", "content", "creative", "ad"],
        ["amount"] = ["花费", "费用", "消耗", "金额", "成本", "消费", "cost", "amount", "spend", "spent"],
        ["impressions"] = ["展现", "展示", "曝光", "展现量", "展示量", "曝光量", "展示次数", "impressions", "shows", "views"],
        ["clicks"] = ["点击", "点击量", "点击数", "点击次数", "clicks"],
        ["note"] = ["备注", "说明", "note", "remark", "comment"],
    };

    private readonly Dictionary<string, int> _columns = [];

    /// <summary>A sheet with these headings.</summary>
    public CostSheet(IReadOnlyList<string> headings)
    {
        foreach (var (i, heading) in headings.Index())
        {
            var plain = heading.Normalize(System.Text.NormalizationForm.FormKC).Split('(', '[')[0].Trim().ToLowerInvariant();
            if (Words.FirstOrDefault(w => w.Value.Contains(plain)).Key is { } field)
            {
                _columns.TryAdd(field, i);
            }
        }
    }

    /// <summary>Columns that it needs and does not have.</summary>
    public IReadOnlyList<string> Missing => [.. new[] { "day", "amount" }.Where(f => !_columns.ContainsKey(f))];

    /// <summary>The channel that a row names; null where it names none.</summary>
    public string? Channel(TableRow row) => Cell(row, "channel");

    /// <summary>What a row says, and which cells cannot be read.</summary>
    public (CostEntry Entry, IReadOnlyList<FieldError> Errors) Read(TableRow row)
    {
        List<FieldError> errors = [];
        DateOnly? day = null;
        if (Cell(row, "day") is { } date)
        {
            if (DateCell.TryDate(date, null, out var read))
            {
                day = read;
            }
            else
            {
                errors.Add(new FieldError("day", "not_a_date"));
            }
        }

        return (new CostEntry
        {
            Day = day,
            Campaign = Cell(row, "campaign"),
            Keyword = Cell(row, "keyword"),
            Content = Cell(row, "content"),
            Amount = Amount(row, errors),
            Impressions = Count(row, "impressions", errors),
            Clicks = Count(row, "clicks", errors),
            Note = Cell(row, "note"),
        }, errors);
    }

    private decimal? Amount(TableRow row, List<FieldError> errors)
    {
        if (Cell(row, "amount") is not { } cell)
        {
            return null;
        }

        // What is below nothing is no range of amounts; it is refused by its value.
        if (decimal.TryParse(cell, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var plain))
        {
            return plain;
        }

        if (AmountCell.Read(cell, null, out var min, out var max) is null && min == max && min is { } amount)
        {
            return amount;
        }

        errors.Add(new FieldError("amount", "not_a_number"));
        return null;
    }

    private long? Count(TableRow row, string field, List<FieldError> errors)
    {
        if (Cell(row, field) is not { } cell)
        {
            return null;
        }

        if (decimal.TryParse(cell, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) && Math.Abs(number) < long.MaxValue)
        {
            return (long)number;
        }

        errors.Add(new FieldError(field, "not_a_number"));
        return null;
    }

    private string? Cell(TableRow row, string field) =>
        _columns.TryGetValue(field, out var i) && i < row.Cells.Count && row.Cells[i]?.Trim() is { Length: > 0 } text and not "-" and not "--" ? text : null;
}
