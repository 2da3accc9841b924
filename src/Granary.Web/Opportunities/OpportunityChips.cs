using Granary.Application.Opportunities;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Web.Components.Ui;
using Granary.Web.Settings;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Opportunities;

/// <summary>The filters in force as chips, each with the address without it.</summary>
internal static class OpportunityChips
{
    public static IReadOnlyList<Chip> Of(OpportunityFilter filter, string path, Setting setting, OpportunityWords say, CustomWords fields, IStringLocalizer<OpportunityTexts> texts)
    {
        List<Chip> chips = [];
        void Add(bool there, string label, string value, OpportunityFilter without)
        {
            if (there)
            {
                chips.Add(new Chip(texts[label], value, OpportunityAddress.Of(path, without)));
            }
        }

        Add(filter.Owners.Count > 0, "owner", string.Join(", ", filter.Owners.Select(o => setting.People.GetValueOrDefault(o)?.Name ?? "–")), filter with { Owners = [] });
        Add(filter.Stages.Count > 0, "stage", string.Join(", ", filter.Stages.Select(s => say.Stage(setting, setting.Opportunities.Lines[0].Id, s))), filter with { Stages = [] });
        Add(filter.Open is not null, "state", texts[filter.Open == true ? "state.open" : "state.closed"], filter with { Open = null });
        Add(filter.Grades.Count > 0, "grade", string.Join(", ", filter.Grades), filter with { Grades = [] });
        Add(filter.Inquiries.Count > 0, "inquiry", string.Join(", ", filter.Inquiries), filter with { Inquiries = [] });
        Add(filter.ProductLines.Count > 0, "productLine", string.Join(", ", filter.ProductLines), filter with { ProductLines = [] });
        Add(filter.Month is not null, "month", $"{filter.Month:yyyy-MM}", filter with { Month = null });
        foreach (var custom in filter.Custom)
        {
            var field = setting.Fields.Find(CustomFieldOwner.Opportunity, custom.Key);
            chips.Add(new Chip(
                fields.Name(CustomFieldOwner.Opportunity, custom.Key), field is null ? custom.Value : fields.Value(field, custom.Value),
                OpportunityAddress.Of(path, filter with { Custom = [.. filter.Custom.Where(c => c != custom)] })));
        }

        return chips;
    }
}
